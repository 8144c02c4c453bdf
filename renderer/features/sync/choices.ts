/** The ways out of each kind of conflict, in the order they are offered; the first is the careful one. */
import type { ConflictCard, ConflictKind, resolutions } from '../../../shared/features/sync.ts';
import type { MessageKey } from '../../../shared/messages.ts';

export interface Choice {
  readonly how: (typeof resolutions)[number];
  readonly label: MessageKey;
  readonly primary?: true;
}
const discard: Choice = { how: 'keep_theirs', label: 'sync.discard' };
const eitherWay: readonly Choice[] = [
  { how: 'keep_theirs', label: 'sync.keepTheirs', primary: true },
  { how: 'take_mine', label: 'sync.takeMine' },
];
const either: Record<ConflictKind, readonly Choice[]> = {
  field: eitherWay,
  soft: [
    { how: 'edit', label: 'sync.fine', primary: true },
    { how: 'keep_theirs', label: 'sync.keepTheirs' },
    { how: 'take_mine', label: 'sync.takeMine' },
  ],
  note: [
    { how: 'edit', label: 'sync.fine', primary: true },
    { how: 'keep_theirs', label: 'sync.keepTheirs' },
    { how: 'take_mine', label: 'sync.takeMine' },
  ],
  unique: [
    { how: 'keep_theirs', label: 'sync.discard' },
    { how: 'take_mine', label: 'sync.takeOver' },
  ],
  deleted: [discard, { how: 'take_mine', label: 'sync.restoreMine' }],
  changed: [
    { how: 'keep_theirs', label: 'sync.keepTheirs', primary: true },
    { how: 'take_mine', label: 'sync.removeAnyway' },
  ],
  parent: [discard, { how: 'take_mine', label: 'sync.restoreMine' }],
  children: [discard, { how: 'take_mine', label: 'sync.tryAgain' }],
  dependent: [discard],
  rule: [discard, { how: 'take_mine', label: 'sync.tryAgain' }],
};

/** Numbers of tickets cannot be taken from whoever has them; a tag is given up, an address released. */
export function choicesOf({ kind, rule, waits }: Pick<ConflictCard, 'kind' | 'rule' | 'waits'>): readonly Choice[] {
  // It was left behind when what it waited for was settled: now it stands for itself.
  if (kind === 'dependent' && !waits) return [discard, { how: 'take_mine', label: 'sync.tryAgain' }];
  if (kind === 'unique' && rule === 'ticket_number') return [discard];
  if (kind === 'unique' && rule === 'asset_tag') return [discard, { how: 'take_mine', label: 'sync.takeTag' }];
  return either[kind];
}
