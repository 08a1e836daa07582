import { AUTH, call } from './api';
import { Problem } from './problem';
import { orSignedOut, session } from './session.svelte';

/** What is done with an account before one is in, and with its password: apart from the first page. */

/**
 * @throws Problem with code `email_password_mismatch`, `verify_email` (not verified yet),
 *   `mfa_authenticate` (a second step is to follow), …
 */
export async function signIn(email: string, password: string): Promise<void> {
  await call('POST', `${AUTH}/auth/login`, { body: { email, password }, mayAsk: false });
  await session.refresh();
}

/** Returns true when the address must be verified first (a letter is on its way). */
export async function signUp(email: string, password: string): Promise<boolean> {
  try {
    await call('POST', `${AUTH}/auth/signup`, { body: { email, password }, mayAsk: false });
  } catch (error) {
    if (error instanceof Problem && error.code === 'verify_email') return true;
    throw error;
  }
  await session.refresh();
  return false;
}

export async function verifyEmail(key: string): Promise<void> {
  await orSignedOut('POST', `${AUTH}/auth/email/verify`, { key });
  await session.refresh();
}

export async function requestReset(email: string): Promise<void> {
  await orSignedOut('POST', `${AUTH}/auth/password/request`, { email });
}

export async function resetPassword(key: string, password: string): Promise<void> {
  await orSignedOut('POST', `${AUTH}/auth/password/reset`, { key, password });
  await session.refresh();
}

export async function changePassword(current: string, wanted: string): Promise<void> {
  const body = { current_password: current, new_password: wanted };
  await call('POST', `${AUTH}/account/password/change`, { body });
}
