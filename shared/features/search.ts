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
  /** Records that came in bulk and that search does not know yet as they are now. It catches up by itself. */
  behind: call.output(z.object({ n: z.int() })),
  /** What a record is called wherever another points to it; null when it is not there. */
  title: call
    .input(z.object({ table: z.string().max(60), id: z.string().max(60) }))
    .output(z.object({ title: z.string().nullable() })),
  /** How Chinese words sound: in full and by initials, in the order asked. What a screen finds its own words by. */
  sounds: call.input(z.array(z.string().max(60)).max(200)).output(z.array(z.string())),
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
