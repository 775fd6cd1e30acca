import type { Request } from 'express';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
/** What a proxy says of itself; one that says nothing still forwards the name that the world knows us by. */
const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'x-real-ip', 'via'];
const LOCAL_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * This machine itself asks, and not for somebody else: a reverse proxy's address is loopback too, and so is that of a
 * browser whose page comes from a name that has been pointed at 127.0.0.1.
 */
export function isLoopback(request: Request): boolean {
  return (
    LOOPBACK.test(request.socket.remoteAddress ?? '') &&
    FORWARDED.every((name) => request.get(name) === undefined) &&
    LOCAL_NAME.test(request.get('host') ?? '')
  );
}

/** The same, and the land is a demonstration: what needs an account elsewhere can be tried here without one. */
export function isOpenLoopback(request: Request): boolean {
  return request.app.get('demonstration') === true && isLoopback(request);
}
