import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api, call, csrfToken, surround, withQuery } from './api';
import { Problem } from './problem';

const PROBLEM = { 'content-type': 'application/problem+json' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** Answers requests in order, and remembers them. */
function server(...answers: Response[]) {
  const sent: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit = {}) => {
    sent.push({ url, init });
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('no network'));
  });
  return sent;
}
const ok = (body: unknown) => new Response(JSON.stringify(body), { headers: JSON_TYPE });
const refused = (status: number, body: unknown, headers = PROBLEM) =>
  new Response(JSON.stringify(body), { status, headers });
const headersOf = (sent: { init: RequestInit } | undefined) => sent?.init.headers as Headers;

beforeEach(() => {
  document.cookie = 'csrftoken=token1; path=/';
  surround({ seat: () => 'seat-1', language: () => 'en', expired: async () => false });
});

it('leaves empty parts out of a query', () => {
  const query = { state: 'open,sourcing', search: '', cursor: null, mine: false, page_size: 0 };
  expect(withQuery('/campaigns', query)).toBe('/campaigns?state=open%2Csourcing&page_size=0');
  expect(withQuery('/campaigns')).toBe('/campaigns');
});

it('says the seat, the language, and for a change the CSRF token of that moment', async () => {
  const sent = server(ok({}), ok({}));
  await api.get('/needs');
  document.cookie = 'csrftoken=token2; path=/';
  await api.post('/needs', { quantity: 3 });
  expect(sent[0]?.url).toBe('/api/v1/needs');
  expect(headersOf(sent[0]).get('X-Seat')).toBe('seat-1');
  expect(headersOf(sent[0]).get('Accept-Language')).toBe('en');
  expect(headersOf(sent[0]).has('X-CSRFToken')).toBe(false);
  expect(headersOf(sent[1]).get('X-CSRFToken')).toBe('token2');
  expect(sent[1]?.init.body).toBe('{"quantity":3}');
});

it('fetches a token first where there is none yet', async () => {
  document.cookie = 'csrftoken=; path=/; max-age=0';
  const sent = server(ok({}), ok({}));
  await api.post('/needs', {});
  expect(sent.map(({ url }) => url)).toEqual(['/api/auth/browser/v1/config', '/api/v1/needs']);
});

it('finds the token under either name, and not in another cookie', () => {
  expect(csrfToken('a=1; csrftoken=x; b=2')).toBe('x');
  expect(csrfToken('__Host-csrftoken=y')).toBe('y');
  expect(csrfToken('notcsrftoken=z')).toBeNull();
});

describe('an expired session', () => {
  it('is asked for in place, and the request is sent again as it was', async () => {
    const expired = vi.fn(async () => true);
    surround({ seat: () => 'seat-1', language: () => 'ko', expired });
    const sent = server(refused(401, {}), ok({ id: 'n1' }));
    expect(await api.post('/needs', { quantity: 3 })).toEqual({ id: 'n1' });
    expect(expired).toHaveBeenCalledOnce();
    expect(sent.map(({ init }) => init.body)).toEqual(['{"quantity":3}', '{"quantity":3}']);
  });

  it('is a problem when the person gives up', async () => {
    server(refused(401, { code: 'signed_out', detail: 'Please sign in.' }));
    await expect(api.get('/needs')).rejects.toMatchObject({ status: 401, code: 'signed_out' });
  });

  it('is asked for once a request, not for ever', async () => {
    surround({ seat: () => null, language: () => 'ko', expired: async () => true });
    server(refused(401, {}), refused(401, {}));
    await expect(api.get('/needs')).rejects.toMatchObject({ status: 401 });
  });

  it('is not asked for while signing in', async () => {
    const expired = vi.fn(async () => true);
    surround({ seat: () => null, language: () => 'ko', expired });
    server(refused(401, {}, JSON_TYPE));
    await expect(call('POST', '/login', { mayAsk: false })).rejects.toBeInstanceOf(Problem);
    expect(expired).not.toHaveBeenCalled();
  });
});

describe('refusals', () => {
  it('carry the sentence and the fields of the API', async () => {
    const fields = { quantity: [{ code: 'capacity', message: '한도를 넘습니다.' }] };
    server(refused(422, { code: 'invalid', detail: '고쳐 주세요.', fields, request_id: 'r1' }));
    const problem = await api.put('/x', {}).catch((error: unknown) => error);
    expect(problem).toMatchObject({
      status: 422,
      code: 'invalid',
      detail: '고쳐 주세요.',
      fields: { quantity: ['한도를 넘습니다.'] },
      requestId: 'r1',
    });
  });

  it('of allauth keep their field', async () => {
    const errors = [{ code: 'password_too_short', param: 'password', message: 'Too short.' }];
    server(refused(400, { status: 400, errors }, JSON_TYPE));
    await expect(api.post('/x')).rejects.toMatchObject({
      code: 'password_too_short',
      fields: { password: ['Too short.'] },
    });
  });

  it('of allauth that only ask for the next step say which', async () => {
    const data = { flows: [{ id: 'login' }, { id: 'verify_email', is_pending: true }] };
    surround({ seat: () => null, language: () => 'ko', expired: async () => false });
    server(refused(401, { status: 401, data }, JSON_TYPE));
    await expect(api.post('/x')).rejects.toMatchObject({ code: 'verify_email' });
  });

  it.each([
    [502, 'unavailable'],
    [403, 'not_allowed'],
    [404, 'not_found'],
    [418, 'refused'],
  ])('without JSON (%i) still have a code', async (status, code) => {
    server(new Response('<html>', { status, headers: { 'content-type': 'text/html' } }));
    await expect(api.get('/x')).rejects.toMatchObject({ status, code });
  });

  it('of the network are "offline"', async () => {
    server();
    await expect(api.get('/x')).rejects.toMatchObject({ status: 0, code: 'offline' });
  });
});

it('reads 204 as nothing', async () => {
  server(new Response(null, { status: 204 }));
  expect(await api.delete('/x')).toBeNull();
});
