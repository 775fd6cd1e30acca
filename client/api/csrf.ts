let token: string | null = null;
let account: string | null = null;

/** What goes into `X-CSRF-Token` from now on; null: nobody is signed in, or it is not known. */
export function setCsrfToken(next: string | null): void {
  token = next;
}
export const csrfToken = (): string | null => token;

/** Whose page this is, by account id: nothing is sent in the name of another who has signed in since. */
export function setPageOwner(id: string | null): void {
  account = id;
}
export const pageOwner = (): string | null => account;

/** Whether a method changes something, so that the server asks for the token beside the cookie. */
export const needsCsrf = (method: string | undefined): boolean =>
  !['GET', 'HEAD'].includes((method ?? 'GET').toUpperCase());
