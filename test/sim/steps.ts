/** What may happen in a history, as fast-check draws and shrinks it. */
import fc from 'fast-check';
import type { Approvable } from '../../shared/features/approvals.ts';
import type { Fault } from './line.ts';
import { MOST_LAPTOPS } from './school.ts';

export const kinds = ['assets', 'people', 'locations', 'subnets'] as const;
export type Kind = (typeof kinds)[number];
export type Values = Readonly<Record<string, string | number | null>>;

export type Step =
  | { do: 'create'; kind: Kind; values: Values; at: number }
  | { do: 'edit'; kind: Kind; row: number; values: Values }
  | { do: 'place'; kind: 'assets' | 'people' | 'locations'; row: number; at: number }
  | { do: 'remove'; kind: Kind; row: number }
  | { do: 'import'; rows: number; tag: number }
  | { do: 'undo'; batch: number }
  | { do: 'bind'; ip: number; mac: number; person: number; subnet: number }
  | { do: 'release'; row: number }
  | { do: 'readdress'; row: number; ip: number }
  | { do: 'open'; person: number }
  | { do: 'advance'; row: number; step: (typeof ticketSteps)[number] }
  | { do: 'lease'; subnet: number; count: number }
  | { do: 'giveBack'; row: number }
  | { do: 'approve'; what: Approvable; row: number; verdict: 'approved' | 'rejected' }
  | { do: 'resolve'; row: number; how: 'keep_theirs' | 'take_mine' }
  | { do: 'sync'; fault: Fault | null; wait: number }
  | { do: 'clock'; set: { jump: number } | { speed: number } | 'boot' }
  | { do: 'kill' | 'reopen' | 'keep' | 'goBack' | 'clone' | 'revoke' };
export type Event = 'restart' | 'backup' | 'restore';
export type Turn = { who: number; step: Step } | Event;

export const ticketSteps = [
  'accept',
  'arrive',
  'work',
  'pause',
  'resume',
  'finish',
  'close',
  'reopen',
  'cancel',
  'note',
] as const;

const nth = fc.nat(30);
const word = fc.constantFrom('甲', '乙', null);
const remark = fc.constantFrom('一\n二\n三', '一改\n二\n三', '一\n二\n三改', '', null);
const some = (model: Record<string, fc.Arbitrary<string | number | null>>): fc.Arbitrary<Values> =>
  fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Values>;

/** Few values, so that laptops want the same: hard, soft and mergeable fields of each kind. */
const changes: Record<Kind, fc.Arbitrary<Values>> = {
  assets: some({
    name: fc.constantFrom('机一', '机二'),
    brand: word,
    serial: word,
    model: word,
    status: fc.constantFrom('in_use', 'idle', 'lent'),
    tag: fc.constantFrom('T1', 'T2', 'T3', null),
    remark,
  }),
  people: some({
    name: fc.constantFrom('王芳', '李强'),
    phone: word,
    letter: fc.constantFrom('signed', 'expired'),
    remark,
  }),
  locations: some({ name: fc.constantFrom('一室', '二室'), remark: word }),
  subnets: some({ name: fc.constantFrom('办公', '教学'), vlan: fc.constantFrom(10, 20, null), remark }),
};
const where = fc.constantFrom('assets' as const, 'people' as const, 'locations' as const);

const act = <D extends Step['do'], M extends object>(
  name: D,
  model: { [K in keyof M]: fc.Arbitrary<M[K]> },
): fc.Arbitrary<{ do: D } & M> =>
  fc.record({ do: fc.constant(name), ...model }) as unknown as fc.Arbitrary<{ do: D } & M>;
const aboutKind = (make: (kind: Kind) => fc.Arbitrary<Step>): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 5, arbitrary: make('assets') },
    ...kinds.slice(1).map((kind) => ({ weight: 1, arbitrary: make(kind) })),
  );

/** A slice runs out by the clock of whoever is away from the store: what a laptop refuses because of one is for its clock to say. */
const slices: fc.WeightedArbitrary<Step>[] = [
  { weight: 1, arbitrary: act('lease', { subnet: nth, count: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 1, arbitrary: act('giveBack', { row: nth }) },
];
const work: fc.WeightedArbitrary<Step>[] = [
  {
    weight: 5,
    arbitrary: aboutKind((kind) => act('create', { kind: fc.constant(kind), values: changes[kind], at: nth })),
  },
  {
    weight: 9,
    arbitrary: aboutKind((kind) => act('edit', { kind: fc.constant(kind), row: nth, values: changes[kind] })),
  },
  { weight: 2, arbitrary: act('place', { kind: where, row: nth, at: nth }) },
  { weight: 2, arbitrary: aboutKind((kind) => act('remove', { kind: fc.constant(kind), row: nth })) },
  { weight: 1, arbitrary: act('import', { rows: fc.integer({ min: 1, max: 12 }), tag: fc.nat(3) }) },
  { weight: 2, arbitrary: act('undo', { batch: nth }) },
  { weight: 3, arbitrary: act('bind', { ip: fc.nat(5), mac: fc.nat(4), person: nth, subnet: nth }) },
  { weight: 1, arbitrary: act('release', { row: nth }) },
  { weight: 1, arbitrary: act('readdress', { row: nth, ip: fc.nat(5) }) },
  { weight: 1, arbitrary: act('open', { person: nth }) },
  { weight: 3, arbitrary: act('advance', { row: nth, step: fc.constantFrom(...ticketSteps) }) },
  ...slices,
  {
    weight: 1,
    arbitrary: act('approve', {
      what: fc.constantFrom<Approvable>('scrap', 'change'),
      row: nth,
      verdict: fc.constantFrom('approved' as const, 'rejected' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: act('resolve', { row: nth, how: fc.constantFrom('keep_theirs' as const, 'take_mine' as const) }),
  },
];

const at = fc.nat(6000);
/** Those that strike a whole request: what comes through does not depend on how long the bytes are. */
const whole: fc.Arbitrary<Fault | null> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'before' }) },
  { weight: 2, arbitrary: fc.constant<Fault>({ kind: 'after' }) },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'twice' }) },
);
const broken: fc.Arbitrary<Fault | null> = fc.oneof(
  { weight: 6, arbitrary: whole },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut' as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('flip' as const), at }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Fault>({ kind: 'html' }, { kind: '502' }, { kind: '401' }, { kind: 'stale' }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('typing' as const), at: nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('power' as const), sent: fc.boolean() }) },
);
const sync = (fault: fc.Arbitrary<Fault | null>): fc.WeightedArbitrary<Step> => ({
  weight: 11,
  // A later request is one of paging, of a second batch, or of what follows a restored hub.
  arbitrary: act('sync', { fault, wait: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(4)) }),
});
const TEN_YEARS = 315_576_000_000;
const clock: fc.WeightedArbitrary<Step> = {
  weight: 2,
  arbitrary: act('clock', {
    set: fc.oneof(
      fc.record({ jump: fc.integer({ min: -TEN_YEARS, max: TEN_YEARS }) }),
      fc.record({ speed: fc.constantFrom(0.5, 1, 2) }),
      fc.constant('boot' as const),
    ),
  }),
};
const plain = <D extends 'kill' | 'reopen' | 'keep' | 'goBack' | 'clone' | 'revoke'>(name: D): fc.Arbitrary<Step> =>
  fc.constant({ do: name });
const mishaps: fc.WeightedArbitrary<Step>[] = [
  { weight: 2, arbitrary: plain('kill') },
  { weight: 1, arbitrary: plain('reopen') },
];
const copies: fc.WeightedArbitrary<Step>[] = [
  { weight: 2, arbitrary: plain('keep') },
  { weight: 2, arbitrary: plain('goBack') },
  { weight: 1, arbitrary: plain('clone') },
  { weight: 1, arbitrary: plain('revoke') },
];

const by = (...steps: fc.WeightedArbitrary<Step>[]): fc.Arbitrary<Turn> =>
  fc.record({ who: fc.nat(MOST_LAPTOPS - 1), step: fc.oneof(...steps) });
const events = (...names: Event[]): fc.WeightedArbitrary<Turn> => ({
  weight: 1,
  arbitrary: fc.constantFrom<Turn>(...names),
});

export interface History {
  readonly laptops: number;
  readonly turns: readonly Turn[];
}
const history = (turn: fc.Arbitrary<Turn>): fc.Arbitrary<History> =>
  fc.record({
    laptops: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 2, max: 3 }) },
      { weight: 3, arbitrary: fc.integer({ min: 4, max: 6 }) },
      { weight: 1, arbitrary: fc.integer({ min: 7, max: MOST_LAPTOPS }) },
    ),
    turns: fc.array(turn, { minLength: 15, maxLength: 70, size: 'max' }),
  });

/** A bad line, bad clocks, power cuts. */
export const badDays = history(
  fc.oneof({ weight: 20, arbitrary: by(...work, ...mishaps, clock, sync(broken)) }, events('restart')),
);
/** Also a hub that comes back from its backup, and laptops whose access was taken away. */
export const restoredHubs = history(
  fc.oneof(
    { weight: 9, arbitrary: by(...work, ...mishaps, clock, sync(broken)) },
    events('backup', 'backup', 'restore', 'restore', 'restart'),
  ),
);
/** Also folders that come back from a copy, or are copied and both used. */
export const copiedFolders = history(
  fc.oneof({ weight: 20, arbitrary: by(...work, ...mishaps, ...copies, clock, sync(broken)) }, events('restart')),
);
/** All of it in one history. */
export const everything = history(
  fc.oneof(
    { weight: 9, arbitrary: by(...work, ...mishaps, ...copies, clock, sync(broken)) },
    events('backup', 'backup', 'restore', 'restore', 'restart'),
  ),
);
const timeless = work.filter((each) => !slices.includes(each));
/** The same work told twice, with right clocks and with wrong ones: nothing in it depends on how many bytes an answer has, or on a term. */
export const clockDays = history(
  fc.oneof(
    { weight: 20, arbitrary: by(...timeless, ...mishaps, { ...clock, weight: 6 }, sync(whole)) },
    events('restart'),
  ),
);
