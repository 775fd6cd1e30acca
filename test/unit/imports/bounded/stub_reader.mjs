// A reading thread that does what the name of its file says.
import { parentPort } from 'node:worker_threads';

const upload = (bytes) => ({
  kind: 'read',
  upload: {
    format: 'txt',
    crs: { id: '', name: '', how: { zh: '', en: '' } },
    features: [],
    notes: [],
    bytes,
  },
});
parentPort.on('message', ({ name, bytes }) => {
  if (name === 'loop') for (;;);
  if (name === 'exit') process.exit(3);
  if (name === 'throw') throw new Error('thrown outside');
  if (name === 'failed') parentPort.postMessage({ kind: 'failed', reason: 'a fault of ours' });
  const hoard = [];
  while (name === 'hoard') hoard.push(new Array(1000).fill(hoard.length));
  setTimeout(() => parentPort.postMessage(upload(bytes.length)), name === 'slow' ? 100 : 0);
});
parentPort.postMessage({ kind: 'ready' });
