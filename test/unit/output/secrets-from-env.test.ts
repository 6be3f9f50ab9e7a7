import { describe, expect, test } from 'vitest';
import { defaultMaskPatterns, secretsFromEnv } from '../../../src/output/secrets-from-env.ts';

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

  test('by the default patterns, each value once', () => {
    expect(secretsFromEnv(env, defaultMaskPatterns)).toEqual(['npm-123456', 'pass-word', 'line-one\nline-two\n', 'äöü']);
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
