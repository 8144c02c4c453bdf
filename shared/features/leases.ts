/** Slices of numbers that one laptop takes along: addresses of a subnet, or asset tags of a series, to give out in order while it is offline (sync.md 2.7). */
import { z } from 'zod';
import { call } from '../call.ts';
import { choice, idText, instant, int, record, text } from '../record.ts';

export const leases = record(
  'leases',
  {
    kind: choice(['ip', 'tag'], { required: true }),
    /** The id of the subnet, or the text before the number of a tag (`XX-2026-`). */
    pool: text({ required: true, max: 60 }),
    /** Both ends belong to it: addresses as numbers (shared/ip.ts), or serials of tags. The store moves a slice that another one overlaps. */
    first: int({ required: true, min: 0 }),
    last: int({ required: true, min: 0 }),
    machine: text({ required: true, max: 10 }),
    technician: text({ required: true, max: 60 }),
    days: int({ required: true, min: 1, max: 366 }),
    /** By the store's clock; until it confirmed the slice, by the laptop's. */
    expires_at: instant({ required: true }),
    returned_at: instant({ class: 'C' }),
  },
  { since: 2 },
);

/** Longer journeys ask again; what is forgotten comes back by itself. */
export const LEASE_DAYS = 14;
/** Addresses one takes along for a few days of installing. */
export const LEASE_ADDRESSES = 16;
/** Tags that a laptop holds ready (sync.md 2.7). */
export const LEASE_TAGS = 200;

const slice = z.object({
  id: z.string(),
  first: z.string(),
  last: z.string(),
  /** Addresses of it that are still free to give out. */
  free: z.int(),
  machine: z.string(),
  technician: z.string(),
  own: z.boolean(),
  /** The store has confirmed it: until then another laptop may still get the same. */
  confirmed: z.boolean(),
  expires_at: z.number(),
});
export type LeaseSlice = z.infer<typeof slice>;

export const leasesContract = {
  /** Slices of a subnet that are out now. */
  ofSubnet: call.input(z.object({ subnet_id: idText })).output(z.array(slice)),
  /** Takes the next free addresses of a subnet along; refuses when there is none, or a slice of this laptop is out already. */
  take: call
    .input(
      z.object({
        subnet_id: idText,
        count: z.int().min(1).max(256).default(LEASE_ADDRESSES),
        days: z.int().min(1).max(90).default(LEASE_DAYS),
      }),
    )
    .output(z.object({ id: z.string(), first: z.string(), last: z.string(), batch: z.string() })),
  /** Gives a slice back before its time. Another laptop's only as its lead would: when it is lost. */
  giveBack: call.input(z.object({ id: idText })).output(z.object({ id: z.string(), batch: z.string() })),
  /** The next asset tag of a series: the one of `like`, or of the tag given out last. Null where no tag of the register ends in digits. */
  nextTag: call
    .input(z.object({ like: z.string().trim().max(60).optional() }))
    .output(z.object({ tag: z.string() }).nullable()),
};
