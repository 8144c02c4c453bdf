/** Opening many users at once, seats of computer rooms, moving, and the command lines for devices. */
import { z } from 'zod';
import { call } from '../call.ts';
import { ipText } from '../ip.ts';
import { idText } from '../record.ts';
import { documents } from './documents.ts';
import { bindings } from './ipam.ts';
import { seatOrders } from './opening/seats.ts';

/** Rows of one batch: a hall of residence. More is an import. */
export const MOST_ROWS = 1000;
const cell = z.string().max(200).default('');
const openCells = {
  name: cell,
  department: cell,
  room: cell,
  mac: cell,
  phone: cell,
  outlet: cell,
  switch_name: cell,
  switch_port: cell,
  ip: cell,
  hostname: cell,
} as const;
export const openFields = [
  'name',
  'department',
  'room',
  'mac',
  'phone',
  'outlet',
  'switch_name',
  'switch_port',
  'ip',
  'hostname',
] as const;
export type OpenField = (typeof openFields)[number];

/** One row as it was pasted and corrected. `person`: chosen among namesakes, or registered as somebody new. */
export const openRow = z.object({
  row: z.int().min(1),
  ...openCells,
  person: z
    .union([idText, z.literal('new')])
    .nullable()
    .default(null),
});
export type OpenRow = z.infer<typeof openRow>;

const said = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export const openVerdict = z.object({
  row: z.int(),
  is: z.enum(['ok', 'wrong']),
  person: z.enum(['found', 'new']).nullable(),
  /** Who is meant; null for somebody who is to be registered. */
  person_id: z.string().nullable(),
  location_id: z.string().nullable(),
  subnet_id: z.string().nullable(),
  ip: z.string().nullable(),
  /** 12 hex digits. */
  mac: z.string().nullable(),
  /** Why not, with the cells that are to be corrected. */
  problems: z.array(said.extend({ field: z.enum(openFields).nullable() })),
  /** People it may be. */
  persons: z.array(z.object({ id: z.string(), about: z.string() })),
  /** The responsibility letter is not in order: opening goes on, and is seen. */
  letter: z.enum(['unsigned', 'expired']).nullable(),
  /** Who uses the port already: opening goes on (a telephone or a small switch may stand between), and is seen. */
  port_of: z.string().nullable(),
  /** A made-up address of a phone or a recent Windows. */
  random: z.boolean(),
});
export type OpenVerdict = z.infer<typeof openVerdict>;

const refs = z.record(z.string(), z.string());
const openInput = z.object({
  rows: z.array(openRow).min(1).max(MOST_ROWS),
  /** Where a room has no subnet of its own. */
  subnet_id: idText.nullish(),
  /** Register who is not known yet; else such a row stays. */
  register: z.boolean().default(true),
  identity: z.enum(['teacher', 'staff', 'student', 'temporary', 'outside']).default('teacher'),
  /** Why addresses are skipped or taken early, for those rows that ask. */
  reason: z.string().trim().max(200).nullish(),
});
export type OpenInput = z.infer<typeof openInput>;

export const seatInput = z.object({
  location_id: idText,
  subnet_id: idText,
  first: z.int().min(1).max(9999),
  last: z.int().min(1).max(9999),
  /** Added to the seat: seat 1 with 10 is host number 11. */
  offset: z.int().min(-9999).max(65_000).default(0),
  /** `JF1-##`. */
  pattern: z.string().trim().min(1).max(60),
  /** Who answers for the room. */
  person_id: idText,
  order: z.enum(seatOrders).default('order'),
});
export type SeatInput = z.infer<typeof seatInput>;
export const seatVerdict = z.object({
  seat: z.int(),
  is: z.enum(['ok', 'wrong']),
  ip: z.string().nullable(),
  hostname: z.string(),
  asset_id: z.string().nullable(),
  mac: z.string().nullable(),
  /** Without a MAC the address is reserved. */
  state: z.enum(['active', 'reserved']),
  problem: said.nullable(),
});
export type SeatVerdict = z.infer<typeof seatVerdict>;

const reason = z.string().trim().min(1).max(200);
const moveLine = z.object({
  /** The binding that moves. */
  id: idText,
  /** Another one than the next free of the new room's subnet; its own keeps it. */
  ip: z.string().max(40).nullish(),
  subnet_id: idText.nullish(),
  mac: z.string().max(40).nullish(),
  outlet: z.string().max(40).nullish(),
  switch_name: z.string().max(60).nullish(),
  switch_port: z.string().max(40).nullish(),
});
export const moveInput = z.object({
  location_id: idText,
  lines: z.array(moveLine).min(1).max(50),
  /** The person moves too, and with a department perhaps. */
  person_id: idText.nullish(),
  department: z.string().trim().max(60).nullish(),
  reason,
});
export type MoveInput = z.infer<typeof moveInput>;
export const movePlan = z.object({
  id: z.string(),
  before: bindings.row,
  /** What it would be; null when it is refused. */
  after: bindings.row.nullable(),
  /** Who uses the new port already. */
  port_of: z.string().nullable(),
  free_on: z.string().nullable(),
  problem: said.nullable(),
});
/** Ends of cabling in the new room. */
export const freeEnd = z.object({
  outlet: z.string(),
  switch_name: z.string().nullable(),
  switch_port: z.string().nullable(),
  /** Who uses it by the register, or null. */
  taken: z.string().nullable(),
});

export const deviceLine = z.object({
  id: z.string(),
  ip: z.string(),
  mac: z.string().nullable(),
  vlan: z.int().nullable(),
  mask: z.string().nullable(),
  port: z.string().nullable(),
  switch_name: z.string().nullable(),
});

const side = z.object({
  mac: z.string().nullable(),
  vendor: z.string().nullable(),
  name: z.string().nullable(),
  first_seen_at: z.number().nullable(),
  last_seen_at: z.number().nullable(),
  binding: bindings.row.nullable(),
  person: z.string().nullable(),
  switch_name: z.string().nullable(),
  switch_port: z.string().nullable(),
  /** The port was read from the switch, not written by hand. */
  read: z.boolean(),
  next: z.string().nullable(),
});
export type ClashSide = z.infer<typeof side>;

export const openingContract = {
  /** Cells copied from Excel or WPS, with or without a header, as rows. */
  read: call.input(z.object({ text: z.string().max(2_000_000) })).output(
    z.object({
      rows: z.array(openRow),
      header: z.boolean(),
      /** Headers whose cells are not taken. */
      unknown: z.array(z.string()),
      /** Lines that held nothing. */
      blank: z.int(),
    }),
  ),
  /** What would become of every row. Nothing is written. */
  plan: call.input(openInput).output(z.object({ rows: z.array(openVerdict), ok: z.int(), people: z.int(), refs })),
  /** Opens the rows that are in order, as one batch; the others come back with their reasons. */
  open: call.input(openInput).output(
    z.object({
      batch: z.string(),
      opened: z.array(z.object({ row: z.int(), id: z.string(), ip: z.string(), person_id: z.string() })),
      people: z.int(),
      left: z.array(openVerdict),
    }),
  ),
  seatPlan: call
    .input(seatInput)
    .output(z.object({ rows: z.array(seatVerdict), ok: z.int(), machines: z.int(), refs })),
  seats: call
    .input(seatInput)
    .output(z.object({ batch: z.string(), ids: z.array(z.string()), left: z.array(seatVerdict) })),
  /** What moves with a person, an asset or a binding, and the lines of a move as they would be. */
  moving: call
    .input(z.object({ person_id: idText.nullish(), asset_id: idText.nullish(), binding_id: idText.nullish() }))
    .output(
      z.object({
        person_id: z.string().nullable(),
        department: z.string().nullable(),
        bindings: z.array(bindings.row),
        refs,
      }),
    ),
  movePlan: call.input(moveInput.omit({ reason: true })).output(z.object({ lines: z.array(movePlan), refs })),
  /** Moves them in one batch, with the frozen notice of change. */
  move: call
    .input(moveInput)
    .output(z.object({ batch: z.string(), ids: z.array(z.string()), document_id: z.string() })),
  /** Outlets of a room with the switch port behind them, free ones first; empty where the register of cabling knows nothing. */
  ends: call.input(z.object({ location_id: idText })).output(z.array(freeEnd)),
  /** The notice of change for one binding that took over from another one (改址). The same one again when nothing changed. */
  notice: call.input(z.object({ id: idText })).output(documents.row),
  /** Every card that was seen at an address lately or is registered there, side by side. */
  clash: call.input(z.object({ ip: ipText })).output(
    z.object({
      ip: z.string(),
      sides: z.array(side),
      ticket: z.object({ id: z.string(), number: z.string() }).nullable(),
      refs,
    }),
  ),
  /** Closes the ticket of a conflict and the binding's log together; a ticket's steps cannot be taken back. `id`: the binding that was given another address. */
  closeClash: call
    .input(z.object({ ip: ipText, id: idText }))
    .output(z.object({ ticket_id: z.string(), number: z.string() })),
  /** What the command lines are made of: some bindings, or a whole subnet. */
  deviceLines: call
    .input(z.object({ ids: z.array(idText).max(MOST_ROWS).nullish(), subnet_id: idText.nullish() }))
    .output(z.array(deviceLine)),
};
