/** Bytes of attachments on the wire: pieces by PUT and GET, and how much of a file the hub has. */
import { z } from 'zod';

export const BYTES = 'application/octet-stream';
export const blobAnswer = z.object({
  /** Bytes without a gap from the first. */
  offset: z.int().min(0),
  /** All of them, and their hash was right. */
  complete: z.boolean(),
});
export type BlobAnswer = z.infer<typeof blobAnswer>;
