import { describe, expect, test } from 'vitest';
import { matchesMask, secretsFromEnv } from '../../../src/output/secrets-from-env.ts';

const usualPatterns = ['*_TOKEN', '*_SECRET', '*_PASSWORD', '*_KEY'];

describe('secretsFromEnv', () => {
  const env = {
    NPM_TOKEN: 'npm-123456',
    db_password: 'pass-word',
    SSH_KEY: 'line-one\nline-two\n',
    MY_SECRET: 'short',
    UMLAUT_KEY: 'äöü',
    TOKEN: 'no-underscore',
    TOKEN_FILE: '/run/secrets/token',
    EMPTY_TOKEN: '',
    UNSET_TOKEN: undefined,
    DEPLOY: 'deploy-me-now',
    'WEIRD.NAME': 'weird-value',
    WEIRDxNAME: 'other-value',
    COPY_TOKEN: 'npm-123456',
  };

  test('by the usual patterns, each value once', () => {
    expect(secretsFromEnv(env, usualPatterns)).toEqual(['npm-123456', 'pass-word', 'line-one\nline-two\n', 'äöü']);
  });

  test.each([
    [['deploy'], ['deploy-me-now']],
    [['DEPL'], []],
    [['TOKEN*'], ['no-underscore', '/run/secrets/token']],
    [['*OKE*'], ['npm-123456', 'no-underscore', '/run/secrets/token']],
    [['N*_*N'], ['npm-123456']],
    [['WEIRD.NAME'], ['weird-value']],
    [['[A-Z]*'], []],
    [[''], []],
    [[], []],
  ])('%j', (patterns, expected) => {
    expect(secretsFromEnv(env, patterns)).toEqual(expected);
  });

  test('* matches everything', () => {
    expect(secretsFromEnv({ A: 'aaaaaa', B: 'bbbbbb' }, ['*'])).toEqual(['aaaaaa', 'bbbbbb']);
  });
});

test.each([
  ['NPM_TOKEN', true],
  ['npm_token', true],
  ['_KEY', true],
  ['TOKEN', false],
  ['NPM_TOKEN_FILE', false],
  ['PATH', false],
])('matchesMask %s: %s', (name, expected) => {
  expect(matchesMask(name, usualPatterns)).toBe(expected);
});
