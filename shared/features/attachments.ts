/** Attachments: photos and scans that hang on a record. The row travels with the commits; the bytes follow by themselves (sync.md 2.10). */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call } from '../call.ts';
import { showInstant } from '../day.ts';
import { idText, instant, int, note, record, text, type RowOf } from '../record.ts';

/** Told by the bytes of the file (security.md K6); `csv` is text whose name says so. */
export const attachmentTypes = ['jpg', 'png', 'webp', 'pdf', 'txt', 'csv', 'xlsx'] as const;
export type AttachmentType = (typeof attachmentTypes)[number];
export const mimeOf: Readonly<Record<AttachmentType, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  pdf: 'application/pdf',
  txt: 'text/plain;charset=utf-8',
  csv: 'text/csv;charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const MIB = 1024 * 1024;
export const MAX_FILE_BYTES = 20 * MIB;
/** A decoded pixel is four bytes: 160 MB of memory at most. */
export const MAX_PIXELS = 40_000_000;
export const MAX_THUMB_BYTES = 16 * 1024;
const base64Chars = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/** What attachments can hang on. */
export const attachable = ['assets', 'tickets', 'bindings', 'handovers', 'applications', 'people'] as const;
export type Attachable = (typeof attachable)[number];

export const attachments = record(
  'attachments',
  {
    /** The record it hangs on: its table and id. A ref would name one table alone. */
    tbl: text({ required: true, max: 40, class: 'C' }),
    row_id: text({ required: true, max: 36, class: 'C' }),
    name: text({ required: true, max: 200 }),
    /** Of the whole file, lower-case hex: the name of its bytes everywhere. */
    sha256: text({ required: true, max: 64, class: 'C' }),
    size: int({ required: true, min: 1, max: MAX_FILE_BYTES, class: 'C' }),
    type: text({ required: true, max: 8, class: 'C' }),
    /** A small webp or jpeg in base64, so that colleagues see the photo before its bytes have come. */
    thumb: text({ max: base64Chars(MAX_THUMB_BYTES), class: 'C' }),
    note: note({ class: 'A', max: 500 }),
    at: instant({ required: true, class: 'C' }),
    /** `name@machine` of who added it: the laptop that has the bytes until they are at the store. */
    author: text({ required: true, max: 200, class: 'C' }),
  },
  { since: 2 },
);
export type Attachment = RowOf<typeof attachments>;

export const blobStates = ['local', 'waiting', 'sending', 'stored', 'coming', 'pending'] as const;
/**
 * local: on this laptop, which has joined no store; waiting: to be sent; sending: under way; stored: here and at the store;
 * coming: being fetched, or at the store to be fetched; pending: the store does not have it yet, the laptop of its author does.
 */
export type BlobState = (typeof blobStates)[number];

const shown = attachments.row.and(
  z.object({
    state: z.enum(blobStates),
    /** The bytes are on this laptop. */
    here: z.boolean(),
    /** Of the transfer under way, 0 to 100. */
    percent: z.int().nullable(),
    /** Machine code of the laptop that added it. */
    machine: z.string(),
    /** Why it does not get on; a code of the refusals. */
    problem: z.string().nullable(),
  }),
);
export type ShownAttachment = z.infer<typeof shown>;

/** Base64 characters of one piece: 384 KiB of file, a multiple of four. */
export const PIECE_CHARS = base64Chars(384 * 1024);
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const target = z.object({ table: z.enum(attachable), id: idText });
const batch = z.object({ batch: z.string() });

export const attachmentsContract = {
  /** Oldest first. */
  list: call.input(target).output(z.array(shown)),
  /** Brings a file piece by piece; the first call leaves out `upload` and gets one. Refuses beyond 20 MiB. */
  upload: call
    .input(z.object({ upload: idText.optional(), data: base64.max(PIECE_CHARS) }))
    .output(z.object({ upload: z.string(), bytes: z.int() })),
  cancel: call.input(z.object({ upload: idText })).output(z.object({ upload: z.string() })),
  /** Takes a brought file in; its kind is told by its bytes. Refuses what is none of the known kinds, damaged or too large. */
  add: call
    .input(
      target.extend({
        upload: idText,
        name: z.string().max(1000),
        thumb: base64.max(base64Chars(MAX_THUMB_BYTES)).nullable().default(null),
        note: z.string().max(500).nullable().default(null),
      }),
    )
    .output(z.object({ attachment: attachments.row, batch: z.string() })),
  update: call
    .input(
      z.object({
        id: idText,
        changes: z.object({ name: z.string().max(1000), note: z.string().max(500).nullable() }).partial(),
      }),
    )
    .output(attachments.row),
  remove: call.input(z.object({ id: idText })).output(batch),
  /** The bytes, checked against their hash, in pieces. Refuses while they are not here, and asks the store for them then. */
  read: call.input(z.object({ id: idText })).output(eventIterator(z.object({ data: base64 }))),
  /** Asks for the bytes before all others. */
  want: call.input(z.object({ id: idText })).output(z.object({ here: z.boolean() })),
  /** What the files of this laptop take, and how much fetched ones may. */
  space: call.output(z.object({ files: z.int(), bytes: z.int(), unsent: z.int(), limit: z.int() })),
  setLimit: call
    .input(
      z.object({
        limit: z
          .int()
          .min(100 * MIB)
          .max(1_000_000 * MIB),
      }),
    )
    .output(z.object({ limit: z.int() })),
};

/** `lanbook-20260929-162000.jpg`: a name that no program takes for anything else, whatever the file was called. */
export const copyName = ({ type, at }: Pick<Attachment, 'type' | 'at'>): string =>
  `lanbook-${showInstant(at).replace(/[-:]/g, '').replace(' ', '-')}.${type}`;
