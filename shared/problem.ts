/** What is wrong with a value, as a code the catalogue words (`problem.<code>`). */
import type { z } from 'zod';
import type { MessageKey } from './messages.ts';

type Suffix<K> = K extends `problem.${infer Code}` ? Code : never;
export type ProblemCode = Suffix<MessageKey>;

/** The first issue of a failed parse: the field it belongs to and a problem code. */
export function problemOf(error: z.ZodError): { field: string; problem: ProblemCode } {
  const issue = error.issues[0];
  const named = issue?.path.findLast((part) => typeof part === 'string');
  const field = String(issue?.code === 'unrecognized_keys' ? issue.keys[0] : (named ?? ''));
  return { field, problem: issue ? codeOf(issue) : 'wrong' };
}

function codeOf(issue: z.core.$ZodIssue): ProblemCode {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === null || issue.input === undefined
        ? 'required'
        : issue.expected === 'int'
          ? 'number'
          : 'wrong';
    case 'too_big':
      return issue.origin === 'string' ? 'too_long' : 'too_large';
    case 'too_small':
      return issue.origin === 'string' ? 'required' : 'too_small';
    case 'invalid_value':
      return 'choice';
    case 'custom':
      return issue.message === 'mac' || issue.message === 'ip' || issue.message === 'day' || issue.message === 'cidr'
        ? issue.message
        : 'wrong';
    case 'unrecognized_keys':
      return 'unknown';
    default:
      return 'wrong';
  }
}
