import { expect } from 'chai';
import { readReadiness } from '../../../client/api/readiness.ts';
import { onStarting, RequestFailed, readReply } from '../../../client/api/request.ts';

const problem = (status: number, code: string) =>
  JSON.stringify({ type: 'about:blank', title: 'T', detail: 'D', status, code });

function failure(status: number, text: string): RequestFailed['failure'] {
  try {
    readReply(status, text);
  } catch (thrown) {
    if (thrown instanceof RequestFailed) return thrown.failure;
    throw thrown;
  }
  throw new Error('the reply was taken for an answer');
}

describe('replies of the server', () => {
  it('give their body when they succeed', () => {
    expect(readReply(201, '{"id":"x"}')).to.deep.equal({ id: 'x' });
  });

  it('keep the words of a problem', () => {
    const found = failure(422, problem(422, 'self_intersection'));
    expect(found).to.have.nested.property('problem.code', 'self_intersection');
  });

  it('are no answer when they cannot be read, whatever their status', () => {
    expect(failure(200, '<html>')).to.deep.equal({ kind: 'unreadable', status: 200 });
    expect(failure(502, '<html>')).to.deep.equal({ kind: 'unreadable', status: 502 });
    expect(failure(500, 'null')).to.deep.equal({ kind: 'unreadable', status: 500 });
  });

  it('tell when the server is still starting, and only then', () => {
    let told = 0;
    const stop = onStarting(() => {
      told += 1;
    });
    failure(503, problem(503, 'busy'));
    expect(told).to.equal(0);
    failure(503, problem(503, 'starting'));
    expect(told).to.equal(1);
    stop();
    failure(503, problem(503, 'starting'));
    expect(told).to.equal(1);
  });
});

describe('readiness', () => {
  it('is a start only in the words of a start', () => {
    const body = { status: 'starting', step: 'land', done: 3, total: 30 };
    expect(readReadiness(503, body)).to.deep.equal({ state: 'starting', step: 'land', done: 3, total: 30 });
    expect(readReadiness(503, { status: 'red' })).to.deep.equal({ state: 'ready' });
    expect(readReadiness(200, { status: 'ready' })).to.deep.equal({ state: 'ready' });
  });

  it('does not trust the figures', () => {
    const body = { status: 'starting', step: 'unheard of', done: '3' };
    expect(readReadiness(503, body)).to.deep.equal({ state: 'starting', step: null, done: 0, total: 0 });
  });
});
