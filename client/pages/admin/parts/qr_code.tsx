import { useEffect, useState } from 'react';

const QUIET = 4;

/** A text as a QR code, drawn here: a secret is not sent anywhere to become a picture. */
export function QrCode(props: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<{ size: number; path: string } | null>(null);
  useEffect(() => {
    let gone = false;
    void import('qrcode').then(({ default: qrcode }) => {
      const { size, data } = qrcode.create(props.text, { errorCorrectionLevel: 'M' }).modules;
      let path = '';
      for (let y = 0; y < size; y++)
        for (let x = 0; x < size; x++) if (data[y * size + x]) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
      if (!gone) setDrawn({ size: size + 2 * QUIET, path });
    });
    return () => {
      gone = true;
    };
  }, [props.text]);
  if (drawn === null) return <div className="qr-code" aria-busy="true" />;
  return (
    <svg className="qr-code" viewBox={`0 0 ${drawn.size} ${drawn.size}`} role="img" aria-label={props.label}>
      <path d={drawn.path} />
    </svg>
  );
}
