/** Addresses: subnets with their parts, and who holds which IP with which network card. */
import { z } from 'zod';
import { call } from '../call.ts';
import { dayText } from '../day.ts';
import { history } from '../history.ts';
import { ipText } from '../ip.ts';
import { listOf, listQuery } from '../list.ts';
import { choice, day, flag, idText, instant, int, ip, mac, note, record, ref, text } from '../record.ts';
import { addressCell, addressStates, usage } from './ipam/map.ts';
import { bindingStates } from './ipam/states.ts';
import { tenure } from './ipam/tenure.ts';

export const subnets = record('subnets', {
  /** `10.20.30.0/24`, network address first. */
  cidr: text({ required: true, max: 18, class: 'C', search: 'text' }),
  name: text({ required: true, max: 60, search: 'name' }),
  vlan: int({ min: 1, max: 4094, class: 'C' }),
  gateway: ip({ class: 'C' }),
  dns: text({ max: 60 }),
  purpose: choice(
    ['device', 'office', 'teaching', 'classroom', 'lab', 'printer', 'camera', 'server', 'wireless', 'legacy', 'other'],
    {
      required: true,
    },
  ),
  location_id: ref('locations'),
  /** Days a released address rests before it is given out again. */
  cooldown_days: int({ min: 0, max: 365 }),
  /** Out of reach of the store, addresses are given out only from a slice that was taken along. */
  strict_order: flag({ since: 2 }),
  /** From this share on it is said to run short; 90 where nothing is said. */
  warn_percent: int({ since: 2, min: 1, max: 100 }),
  remark: note({ class: 'A' }),
});

/** A part of a subnet with one purpose: given out in order, left to DHCP, or reserved. */
export const addressRanges = record('address_ranges', {
  subnet_id: ref('subnets', { required: true }),
  kind: choice(['allocate', 'dhcp', 'reserved'], { required: true }),
  first_ip: ip({ required: true }),
  last_ip: ip({ required: true }),
  label: text({ max: 60 }),
  /** Given out to people of this department only, and to them first. */
  department: text({ since: 2, max: 60 }),
});

/** What a binding says besides its address and its state: may be corrected while it lives. */
const holding = {
  mac: mac({ class: 'C', search: 'key' }),
  person_id: ref('people', { required: true, class: 'C', search: 'name' }),
  location_id: ref('locations'),
  asset_id: ref('assets'),
  hostname: text({ max: 80, search: 'text' }),
  outlet: text({ max: 40, search: 'key' }),
  switch_name: text({ max: 60 }),
  switch_port: text({ max: 40 }),
  remark: note({ class: 'A' }),
} as const;

export const bindings = record('bindings', {
  ip: ip({ required: true, class: 'C', search: 'key' }),
  ...holding,
  subnet_id: ref('subnets', { required: true }),
  state: choice(bindingStates, { required: true, class: 'C' }),
  opened_on: day({ required: true }),
  opened_at: instant({ required: true }),
  /** Null also for a reservation that was cancelled before it was opened: nobody used it, so nothing cools down. */
  released_at: instant(),
  /** Why the last change of state was made, or why a lower free address was skipped. */
  reason: text({ max: 200 }),
  skipped: flag(),
  /** The network card is on several bindings on purpose (VRRP, bond, VM): it is not asked for once only. */
  shared_ok: flag({ since: 2, class: 'C' }),
  /** Of a released address: free from this day, because its cool-down was ended by hand. */
  cooled_on: day({ since: 2 }),
});

/** What opening a user takes (F-18). Without an address the next one of the subnet is given out. */
export const opening = record('bindings', {
  ip: ip(),
  subnet_id: ref('subnets'),
  ...holding,
  state: choice(['active', 'reserved']),
  /** When the line was really opened, if that was earlier than today. */
  opened_on: day(),
  reason: text({ max: 200 }),
  /** The signed application it is opened from. */
  application_id: ref('applications'),
});
/** What may be corrected while a binding lives; another card or another person asks for a reason. */
export const correction = record('bindings', holding);
/** Where a binding moves: another address, and with it perhaps another place and card. */
export const moving = record('bindings', {
  ip: ip(),
  subnet_id: ref('subnets'),
  mac: mac(),
  location_id: ref('locations'),
  outlet: text({ max: 40 }),
  switch_name: text({ max: 60 }),
  switch_port: text({ max: 40 }),
});

const reason = z.string().trim().min(1).max(200);
const byId = z.object({ id: idText });
const withReason = z.object({ id: idText, reason });
const refs = z.record(z.string(), z.string());
/** The binding as it is now, and the batch that `system.undo` takes back. */
const changed = bindings.row.and(z.object({ batch: z.string() }));
const gone = z.object({ id: z.string(), batch: z.string() });
/** A refusal as a value: advice, before the command is tried. */
const advice = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });

export const ipamContract = {
  listSubnets: call.input(listQuery).output(listOf(subnets)),
  getSubnet: call.input(byId).output(z.object({ subnet: subnets.row, refs, mask: z.string(), usage })),
  createSubnet: call.input(subnets.draft).output(subnets.row),
  updateSubnet: call.input(z.object({ id: idText, changes: subnets.patch })).output(subnets.row),
  removeSubnet: call.input(withReason).output(gone),
  /** How full every subnet is, and the address it would give out next. */
  usage: call.output(z.array(usage.extend({ subnet_id: z.string(), next: z.string().nullable() }))),

  ranges: call.input(z.object({ subnet_id: idText })).output(z.array(addressRanges.row)),
  createRange: call.input(addressRanges.draft).output(addressRanges.row),
  updateRange: call.input(z.object({ id: idText, changes: addressRanges.patch })).output(addressRanges.row),
  removeRange: call.input(byId).output(gone),

  /** The addresses of a subnet in order, a window of them; counts are of the whole subnet. */
  map: call
    .input(
      z.object({ subnet_id: idText, offset: z.int().min(0).default(0), limit: z.int().min(1).max(4096).default(1024) }),
    )
    .output(
      z.object({
        total: z.int(),
        offset: z.int(),
        counts: z.record(z.enum(addressStates), z.int()),
        cells: z.array(addressCell),
      }),
    ),
  /** The lowest free address of a subnet, or of one of its parts. */
  next: call
    .input(z.object({ subnet_id: idText, range_id: idText.optional() }))
    .output(z.object({ ip: z.string(), subnet_id: z.string(), free: z.int() })),
  /** What to fill in for a person, a room or an asset: where they sit, the subnet of that place, its next address. */
  suggest: call
    .input(
      z.object({
        person_id: idText.nullish(),
        location_id: idText.nullish(),
        asset_id: idText.nullish(),
        subnet_id: idText.nullish(),
      }),
    )
    .output(
      z.object({
        /** Who uses the asset, when only the asset is known. */
        person_id: z.string().nullable(),
        location_id: z.string().nullable(),
        subnet_id: z.string().nullable(),
        ip: z.string().nullable(),
        asset_id: z.string().nullable(),
        mac: z.string().nullable(),
        hostname: z.string().nullable(),
        /** The person's responsibility letter is not in order: opening goes on, and is seen. */
        letter: z.enum(['unsigned', 'expired']).nullable(),
        /** The signed application of this person that waits to be opened. */
        application_id: z.string().nullable(),
        refs,
      }),
    ),
  /** What the engine would say to this address and card, before it is asked to bind them. `self` is a binding that may hold them. */
  check: call
    .input(
      z.object({
        ip: z.string().max(40).nullish(),
        mac: z.string().max(40).nullish(),
        subnet_id: idText.nullish(),
        person_id: idText.nullish(),
        asset_id: idText.nullish(),
        self: idText.nullish(),
      }),
    )
    .output(
      z.object({
        ip: z
          .object({
            refused: advice.nullable(),
            asks: z.enum(['skips', 'unplanned', 'kept', 'cooling', 'department']).nullable(),
            lowest: z.string().nullable(),
          })
          .nullable(),
        mac: z
          .object({
            hex: z.string().nullable(),
            refused: advice.nullable(),
            random: z.boolean(),
            /** The asset this card belongs to. */
            asset_id: z.string().nullable(),
          })
          .nullable(),
        refs,
      }),
    ),

  list: call.input(listQuery).output(listOf(bindings)),
  get: call
    .input(byId)
    .output(z.object({ binding: bindings.row, refs, free_on: z.string().nullable(), cooldown_days: z.int() })),
  bind: call.input(opening.draft).output(changed),
  update: call
    .input(z.object({ id: idText, changes: correction.patch, reason: z.string().trim().max(200).optional() }))
    .output(changed),
  /** Opens a reserved address. */
  activate: call
    .input(z.object({ id: idText, mac: z.string().max(40).optional(), reason: z.string().trim().max(200).optional() }))
    .output(changed),
  suspend: call.input(withReason).output(changed),
  resume: call.input(withReason).output(changed),
  release: call.input(withReason).output(changed),
  /** Gives a released address back to the person who had it. */
  reissue: call.input(withReason).output(changed),
  /** Gives the holder another address; the old one is released and cools down. */
  move: call.input(z.object({ id: idText, to: moving.patch, reason })).output(changed),
  history: call.input(byId).output(history),

  /** Who had an address or a card on a day or at a moment, with proof, and everything it ever was. */
  at: call
    .input(
      z
        .object({
          ip: ipText.optional(),
          mac: z.string().max(40).optional(),
          day: dayText.optional(),
          moment: z.int().min(0).optional(),
        })
        .refine((value) => (value.ip === undefined) !== (value.mac === undefined), { message: 'ip', path: ['ip'] }),
    )
    .output(z.object({ answers: z.array(tenure), timeline: z.array(tenure), refs })),
  /** Addresses and cards that more than one living binding holds: two laptops, offline. For a person to settle. */
  breaches: call.output(
    z.object({
      rows: z.array(z.object({ kind: z.enum(['ip', 'mac']), value: z.string(), bindings: z.array(bindings.row) })),
      refs,
    }),
  ),
};
