const KEY = 'cunma.signed_in';

/**
 * Whether somebody has signed in with this browser and not out again: public pages ask the server who it is only then,
 * so that a villager's phone never asks. It says nothing about rights.
 */
export function mayBeSignedIn(): boolean {
  try {
    return window.localStorage.getItem(KEY) === 'yes';
  } catch {
    return false;
  }
}

export function rememberSignedIn(yes: boolean): void {
  try {
    if (yes) window.localStorage.setItem(KEY, 'yes');
    else window.localStorage.removeItem(KEY);
  } catch {
    // private windows refuse storage: the home page then does not greet, all else works
  }
}
