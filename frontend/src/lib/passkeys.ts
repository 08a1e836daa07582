/**
 * Passkeys (WebAuthn) through the browser: options and answers as JSON, binary parts in base64url.
 * Converted here, because the browsers' own conversion is younger than the browsers people have.
 */
type Json = Record<string, unknown>;

export const passkeysWork = () => typeof PublicKeyCredential === 'function' && isSecureContext;

/** The person gave up, or took too long, at the browser's own dialog. */
export const gaveUp = (error: unknown) =>
  error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name);

/** This device has a passkey for the account already. */
export const knownHere = (error: unknown) =>
  error instanceof DOMException && error.name === 'InvalidStateError';

/** Makes a passkey; the answer is what the server wants to have. */
export async function makePasskey(options: unknown): Promise<Json> {
  const asked = (options as { publicKey: Json }).publicKey;
  const user = asked['user'] as Json;
  const publicKey = {
    ...asked,
    challenge: bytes(asked['challenge']),
    user: { ...user, id: bytes(user['id']) },
    excludeCredentials: described(asked['excludeCredentials']),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...common(made),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

/** Signs a challenge with a passkey; the answer is what the server wants to have. */
export async function usePasskey(options: unknown): Promise<Json> {
  const asked = (options as { publicKey: Json }).publicKey;
  const publicKey = {
    ...asked,
    challenge: bytes(asked['challenge']),
    allowCredentials: described(asked['allowCredentials']),
  } as unknown as PublicKeyCredentialRequestOptions;
  const used = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = used.response as AuthenticatorAssertionResponse;
  return {
    ...common(used),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle && text(response.userHandle),
    },
  };
}

function common(credential: PublicKeyCredential): Json {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

const described = (list: unknown) =>
  ((list ?? []) as Json[]).map((each) => ({ ...each, id: bytes(each['id']) }));

export function bytes(base64url: unknown): Uint8Array {
  const plain = String(base64url).replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
}

export function text(buffer: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
