import { AUTH, call, send } from './api';
import { makePasskey, usePasskey } from './passkeys';
import { Problem, problemFrom } from './problem';
import { session } from './session.svelte';

/** Second factors: the sign-in service's addresses, in words. */
const FACTORS = `${AUTH}/account/authenticators`;

export type FactorType = 'totp' | 'webauthn' | 'recovery_codes';
export interface Factor {
  type: FactorType;
  /** Seconds since 1970. */
  created_at: number;
  last_used_at: number | null;
  /** Of a passkey. */
  id?: number;
  name?: string;
  /** Of the recovery codes. */
  total_code_count?: number;
  unused_code_count?: number;
  /** Only once, right after they were made. */
  unused_codes?: string[];
}
interface Answer<T> {
  data: T;
}
interface Options {
  creation_options?: unknown;
  request_options?: unknown;
}

export async function myFactors(): Promise<Factor[]> {
  return (await call<Answer<Factor[]>>('GET', FACTORS)).data;
}

/** What an authenticator app needs: the secret, and a picture of it. */
export async function appToSetUp(): Promise<{ secret: string; picture: string }> {
  const response = await send('GET', `${FACTORS}/totp`);
  if (response.status !== 404) throw await problemFrom(response);
  const { meta } = (await response.json()) as { meta: { secret: string; totp_svg: string } };
  const picture = `data:image/svg+xml,${encodeURIComponent(meta.totp_svg)}`;
  return { secret: meta.secret, picture };
}

export async function addApp(code: string): Promise<void> {
  await call('POST', `${FACTORS}/totp`, { body: { code } });
}

export async function removeApp(): Promise<void> {
  await call('DELETE', `${FACTORS}/totp`);
}

export async function addPasskey(name: string): Promise<void> {
  const path = `${FACTORS}/webauthn`;
  const { data } = await call<Answer<Options>>('GET', `${path}?passwordless`);
  const credential = await makePasskey(data.creation_options);
  await call('POST', path, { body: { name, credential, passwordless: true } });
}

export async function removePasskey(id: number): Promise<void> {
  await call('DELETE', `${FACTORS}/webauthn`, { body: { authenticators: [id] } });
}

/** The codes, if they have not been shown yet; else none. */
export async function codesNotShown(): Promise<string[]> {
  const answer = await call<Answer<Factor>>('GET', `${FACTORS}/recovery-codes`);
  return answer.data.unused_codes ?? [];
}

export async function renewCodes(): Promise<string[]> {
  const answer = await call<Answer<Factor>>('POST', `${FACTORS}/recovery-codes`);
  return answer.data.unused_codes ?? [];
}

/** Signs in with a passkey alone. */
export async function signInWithPasskey(): Promise<void> {
  await withPasskey(`${AUTH}/auth/webauthn/login`);
  await session.refresh();
}

/** With which factors the sign-in that was begun can be ended; none when it was not, or too long ago. */
export async function secondStep(): Promise<FactorType[]> {
  const response = await send('GET', `${AUTH}/auth/session`);
  const body = (await response.json().catch(() => ({}))) as {
    data?: { flows?: { id: string; is_pending?: boolean; types?: FactorType[] }[] };
  };
  const pending = body.data?.flows?.find((flow) => flow.is_pending);
  return pending?.id === 'mfa_authenticate' ? (pending.types ?? []) : [];
}

export async function endSignInByCode(code: string): Promise<void> {
  await call('POST', `${AUTH}/auth/2fa/authenticate`, { body: { code }, mayAsk: false });
  await session.refresh();
}

export async function endSignInByPasskey(): Promise<void> {
  await withPasskey(`${AUTH}/auth/webauthn/authenticate`);
  await session.refresh();
}

export async function proveByPassword(password: string): Promise<void> {
  await call('POST', `${AUTH}/auth/reauthenticate`, { body: { password } });
}

export async function proveByCode(code: string): Promise<void> {
  await call('POST', `${AUTH}/auth/2fa/reauthenticate`, { body: { code } });
}

export async function proveByPasskey(): Promise<void> {
  await withPasskey(`${AUTH}/auth/webauthn/reauthenticate`);
}

async function withPasskey(path: string): Promise<void> {
  const { data } = await call<Answer<Options>>('GET', path, { mayAsk: false });
  const credential = await usePasskey(data.request_options);
  await call('POST', path, { body: { credential }, mayAsk: false });
}

export const isCodeWrong = (error: unknown) =>
  error instanceof Problem && error.code === 'incorrect_code';
