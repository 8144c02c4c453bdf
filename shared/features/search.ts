/** One box finds everything: by name, pinyin, initials, room, tag, serial, IP fragment, MAC tail. */
import { z } from 'zod';
import { call } from '../call.ts';

export const searchHit = z.object({
  table: z.string(),
  id: z.string(),
  title: z.string(),
  /** What tells it from others of the same name: number, place, department, holder. */
  subtitle: z.string(),
});
export type SearchHit = z.infer<typeof searchHit>;

export const searchContract = {
  find: call
    .input(
      z.object({
        text: z.string().max(200),
        tables: z.array(z.string()).max(20).optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(z.array(searchHit)),
};
