// What the main thread of a session and its interrupt thread share: an Int32Array of two elements.

/** Element that loops of compiled code read: 0 goes on, 1 stops. */
export const FLAG = 0;
/** Element that says where the main thread is. */
export const PLACE = 1;

/** Values of `PLACE`: not in a script that SIGINT may end; in one; in one for which a SIGINT was raised. */
export const OUTSIDE = 0;
export const INSIDE = 1;
export const SIGNALLED = 2;
