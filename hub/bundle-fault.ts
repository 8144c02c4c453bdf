/** A file that is not taken in: why, as a code for an admin's laptop and as a sentence for the console. */
import type { StickFault } from '../shared/sync/stick.ts';

const SAID: Record<StickFault, (machine: string, holder: string) => string> = {
  answer: () => 'This file is an answer of a store. It is read by the laptop it is for.',
  not: () => 'This is no file of Lanbook for carrying changes.',
  cut: () => 'The file is cut off: copy it again from the laptop.',
  altered: () => 'The file was damaged or altered on the way: copy it again from the laptop.',
  // Signed, and yet not what a laptop writes: of a version that is not from here, or made up by who holds a laptop's key.
  empty: () => 'The file does not hold what it says.',
  other_store: (machine) => `${machine} wrote this file for another store.`,
  unsigned: () => 'This file is not signed by a laptop that joined this store.',
  code_wrong: (machine) => `The enrolment code that was typed at ${machine} is not right. Type it again there.`,
  code_used: (machine) => `The enrolment code that was typed at ${machine} has been used. Make another one.`,
  code_expired: (machine) => `The enrolment code that was typed at ${machine} has expired. Make another one.`,
  code_locked: () => 'Too many wrong tries: this enrolment code is void. Make another one.',
  machine_in_use: (machine, holder) =>
    `Machine code ${machine} is used by the laptop of ${holder}. Choose another in the settings of the new laptop, then write the file again.`,
};

/** Why a file was not taken in at all: nothing of it is in the store. */
export class NotTaken extends Error {
  readonly why: StickFault;
  readonly params: Record<string, string>;
  constructor(why: StickFault, params: { machine?: string; holder?: string } = {}, cause?: unknown) {
    super(SAID[why](params.machine ?? '', params.holder ?? ''), { cause });
    this.name = 'NotTaken';
    this.why = why;
    this.params = params;
  }
}
