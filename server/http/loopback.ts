import type { Request } from 'express';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** This machine itself asks, and not for somebody else: a reverse proxy's address is loopback too. */
export function isLoopback(request: Request): boolean {
  const forwarded = request.get('x-forwarded-for') ?? request.get('forwarded') ?? request.get('x-real-ip');
  return forwarded === undefined && LOOPBACK.test(request.socket.remoteAddress ?? '');
}

/** The same, and the land is a demonstration: what needs an account elsewhere can be tried here without one. */
export function isOpenLoopback(request: Request): boolean {
  return request.app.get('demonstration') === true && isLoopback(request);
}
