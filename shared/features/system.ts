/** The notebook itself: who it belongs to, its settings, its events. */
import { z } from 'zod';
import { eventIterator } from '@orpc/contract';
import { call } from '../call.ts';
import { sectors } from '../sectors.ts';
import { backupCalls } from './backup.ts';

export const setupInput = z.object({
  unit: z.string().trim().min(1).max(60),
  technician: z.string().trim().min(1).max(30),
  /** `L03`: the part of every human number that keeps two offline laptops apart (domain.md §2.0). */
  machine: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{1,2}\d{1,3}$/, { message: 'machine' }),
  language: z.enum(['zh-CN', 'en-US']),
  /** Whose words the screens and papers use. Notebooks of before speak as a school. */
  sector: z.enum(sectors).optional(),
});
export type Setup = z.infer<typeof setupInput>;

export const systemContract = {
  ...backupCalls,
  state: call.output(
    z.object({
      setup: setupInput.nullable(),
      version: z.string(),
      today: z.string(),
      now: z.number(),
      incarnation: z.string(),
      /** Campuses of the demo school that are in it; null once anything else is. */
      demo: z.int().nullable(),
    }),
  ),
  /** First run, and later corrections. */
  setup: call.input(setupInput).output(setupInput),
  /** What the screens keep on this laptop and nowhere else: columns, theme, typed and unsaved forms. */
  kept: call.output(z.record(z.string(), z.string())),
  /** Null forgets the entry. */
  keep: call
    .input(z.object({ key: z.string().min(1).max(120), value: z.string().max(200_000).nullable() }))
    .output(z.object({ key: z.string() })),
  /** The tables each commit changed, as they are committed. */
  events: call.output(eventIterator(z.object({ tables: z.array(z.string()) }))),
  /** Fills an empty notebook with the demo school; `scale` campuses of 699 assets (144 make 100,000). */
  demo: call
    .input(z.object({ scale: z.int().min(1).max(150).default(1), seed: z.int().optional() }))
    .output(eventIterator(z.object({ done: z.int(), total: z.int() }))),
  /** Takes back one batch of changes; rows changed since stay and are counted. */
  undo: call.input(z.object({ batch: z.string() })).output(z.object({ undone: z.int(), kept: z.int() })),
};
