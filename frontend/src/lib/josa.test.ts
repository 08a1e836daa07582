import { describe, expect, it } from 'vitest';
import { josa } from './josa';

const sentence = (name: string | number) => josa`${name}이(가) ‘${name}’을(를) ${name}(으)로`;

describe('josa', () => {
  it.each([
    ['가온정밀', '가온정밀이 ‘가온정밀’을 가온정밀로'],
    ['한빛', '한빛이 ‘한빛’을 한빛으로'],
    ['누리', '누리가 ‘누리’를 누리로'],
    ['상자(소)', '상자(소)가 ‘상자(소)’를 상자(소)로'],
    ['Acme', 'Acme가 ‘Acme’를 Acme로'],
    ['Online Retail', 'Online Retail이 ‘Online Retail’을 Online Retail로'],
    ['Book', 'Book이 ‘Book’을 Book으로'],
    ['RPM', 'RPM이 ‘RPM’을 RPM으로'],
    ['LG', 'LG가 ‘LG’를 LG로'],
    ['쌀(20kg)', '쌀(20kg)이 ‘쌀(20kg)’을 쌀(20kg)으로'],
    ['300 L', '300 L이 ‘300 L’을 300 L로'],
    ['米', '米이(가) ‘米’을(를) 米(으)로'],
    [81, '81이 ‘81’을 81로'],
    [100, '100이 ‘100’을 100으로'],
    ['', '이(가) ‘’을(를) (으)로'],
  ])('%s', (name, said) => {
    expect(sentence(name)).toBe(said);
  });

  it('leaves what a person wrote as it is', () => {
    expect(josa`사유: ${'이(가) 없음'}`).toBe('사유: 이(가) 없음');
  });
});

it('no message leaves a particle in both forms to the reader', () => {
  const messages = import.meta.glob<string>('../**/*ko.ts', {
    eager: true,
    query: '?raw',
    import: 'default',
  });
  const bare = Object.entries(messages).flatMap(([file, text]) =>
    [...text.matchAll(/(\w*)`((?:[^`$]|\$\{[^`{}]*\})*)`/g)]
      .filter(([, tag]) => tag !== 'josa')
      .filter(([, , said]) =>
        /\}[’”)]*(?:이\(가\)|을\(를\)|은\(는\)|와\(과\)|\(으\)로)/.test(said!),
      )
      .map(([, , said]) => `${file}: ${said}`),
  );
  expect(Object.keys(messages).length).toBeGreaterThan(50);
  expect(bare).toEqual([]);
});
