/** The root of every call in the contract: each may be refused with a code, nothing else is an expected failure. */
import { oc } from '@orpc/contract';
import { refusalData } from './refusal.ts';

export const call = oc.errors({ REFUSED: { status: 409, data: refusalData } });
