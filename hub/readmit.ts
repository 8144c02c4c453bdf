/**
 * A quarantined commit whose number was given to another commit goes in under an incarnation of its own that the store makes: what it does, who
 * made it and when stay, its number, chain and hash are new, and it is signed by nobody. The text as it came stays in sync.quarantine.
 */
import { hashText } from '../shared/commit.ts';
import type { WireCommit } from '../shared/sync/frames.ts';
import { sha256 } from './codec.ts';

/**
 * SQL: the incarnation of `sync.quarantine q` in that case, made of its hash and the store's seal `s`: the same for every process and however
 * often it is asked for, and no laptop can take it first.
 */
export const ANEW = `overlay(overlay(left(encode(sha256(s.key || convert_to(q.sha256, 'UTF8')), 'hex'), 32) PLACING '8' FROM 13 FOR 1) PLACING 'a' FROM 17 FOR 1)::uuid`;

export function anew({ bodies, ...head }: WireCommit, incarnation: string): WireCommit {
  const other = { ...head, incarnation, mut_no: 1, prev: '', signature: null };
  return { ...other, sha256: sha256(hashText(other, bodies)), bodies };
}
