import { expect, test } from 'vitest';
import { deviceOf } from './agent';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ';

test.each([
  [`${WINDOWS}Chrome/141.0.0.0 Safari/537.36`, 'Chrome · Windows'],
  [`${WINDOWS}Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`, 'Edge · Windows'],
  [`${WINDOWS}Chrome/140.0.0.0 Whale/4.33 Safari/537.36`, 'Whale · Windows'],
  [`${MAC}605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15`, 'Safari · macOS'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari · iPhone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36',
    'Samsung Internet · Android',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
  ['curl/8.0', ''],
  ['', ''],
])('%s', (agent, said) => expect(deviceOf(agent)).toBe(said));
