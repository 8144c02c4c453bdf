/** The ways out of each kind of conflict, in the order they are offered; the first is the careful one. */
import type { ConflictCard, ConflictKind, resolutions } from '../../../shared/features/sync.ts';
import type { MessageKey } from '../../../shared/messages.ts';

/** Done at once with one press, or by a line that is filled in first. */
export type Way = {
  readonly label: MessageKey;
  /** Goes into the label. */
  readonly value?: string;
  readonly primary?: true;
} & (
  | { readonly how: (typeof resolutions)[number]; readonly values?: Readonly<Record<string, string>> }
  | { readonly opens: 'edit' | 'ask' }
);

const discard: Way = { how: 'keep_theirs', label: 'sync.discard' };
const edit: Way = { opens: 'edit', label: 'sync.edit' };
const asks: Way = { opens: 'ask', label: 'sync.way.ask' };
const eitherWay: readonly Way[] = [
  { how: 'keep_theirs', label: 'sync.keepTheirs', primary: true },
  { how: 'take_mine', label: 'sync.takeMine' },
];
const settled: readonly Way[] = [
  { how: 'edit', label: 'sync.fine', primary: true },
  { how: 'keep_theirs', label: 'sync.keepTheirs' },
  { how: 'take_mine', label: 'sync.takeMine' },
];
const tryAgain: readonly Way[] = [discard, { how: 'take_mine', label: 'sync.tryAgain' }];
const plain: Partial<Record<ConflictKind, readonly Way[]>> = {
  field: [...eitherWay, edit],
  soft: [...settled, edit],
  note: [...settled, edit],
  changed: [
    { how: 'keep_theirs', label: 'sync.keepTheirs', primary: true },
    { how: 'take_mine', label: 'sync.removeAnyway' },
  ],
  dependent: [discard],
};

/** A record that never came to be can be put into the one that holds its place. */
const isNew = ({ fields }: ConflictCard): boolean => fields.every(({ base }) => base === null);

function taken(card: ConflictCard): readonly Way[] {
  const ask = card.asked === null && card.holder ? [asks] : [];
  switch (card.rule) {
    case 'binding_ip':
      return [
        ...(card.next_ip === null
          ? []
          : [
              {
                how: 'edit',
                label: 'sync.way.next',
                value: card.next_ip,
                values: { ip: card.next_ip },
                primary: true,
              } as const,
            ]),
        { opens: 'edit', label: 'sync.way.otherIp' },
        ...ask,
        ...(isNew(card) ? [{ how: 'apply_to', label: 'sync.way.same' } as const] : []),
        { how: 'take_mine', label: 'sync.takeOver' },
        discard,
      ];
    case 'binding_mac':
      return [
        { how: 'take_mine', label: 'sync.way.moved', primary: true },
        { how: 'shared', label: 'sync.way.shared' },
        edit,
        ...ask,
        discard,
      ];
    case 'asset_tag':
      return [
        { how: 'merge_assets', label: 'sync.way.merge', primary: true },
        { opens: 'edit', label: 'sync.way.otherTag' },
        { how: 'take_mine', label: 'sync.takeTag' },
        discard,
      ];
    default:
      // The number of a ticket cannot be taken from whoever has it.
      return [edit, discard];
  }
}

/** What is open to a person now: `remark` goes into the work log of a ticket that is opened again. */
export function waysOf(card: ConflictCard, remark: string): readonly Way[] {
  if (card.state === 'resolved' || card.settles === 'none') return [];
  if (card.state === 'noted') return plain[card.kind] ?? [{ how: 'edit', label: 'sync.fine', primary: true }];
  const editable = card.editable.length > 0 && !card.waits;
  const another = editable ? [edit] : [];
  switch (card.kind) {
    case 'unique':
      return taken(card);
    case 'deleted':
    case 'parent': {
      const heir: Way[] = card.heir
        ? [{ how: 'apply_to', label: 'sync.way.heir', value: card.heir.title, primary: true }]
        : [];
      return [...heir, { how: 'take_mine', label: 'sync.restoreMine' }, discard, ...another];
    }
    case 'step': {
      const theirs = { how: 'keep_theirs', label: 'sync.way.keepState', primary: true } as const;
      if (card.way === 'none' || card.way === null) return [theirs];
      const label = card.way === 'reopen' ? 'sync.way.reopen' : 'sync.way.step';
      return [theirs, { how: 'take_mine', label, values: { remark } }];
    }
    case 'forbidden':
      return card.settles === 'all'
        ? [
            { how: 'take_mine', label: 'sync.way.grant', primary: true },
            { how: 'keep_theirs', label: 'sync.way.refuse' },
          ]
        : [{ how: 'keep_theirs', label: 'sync.way.withdraw' }];
    case 'approval':
      return [{ ...discard, primary: true }];
    case 'dependent':
      // It was left behind when what it waited for was settled: now it stands for itself.
      return card.waits ? [discard] : [...tryAgain, ...another];
    default:
      return plain[card.kind] ?? [...tryAgain, ...another];
  }
}
