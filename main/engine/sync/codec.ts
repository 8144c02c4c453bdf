/** The laptop's side of the framing in shared/sync/wire.ts: zstd, CRC-32 and SHA-256 as Node brings them. */
import { createHash } from 'node:crypto';
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Codec } from '../../../shared/sync/wire.ts';

/** Level 3: 5.9 MB for 50,000 assets in 141 ms (sync.md section 4). */
const options = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };
const strict = new TextDecoder('utf-8', { fatal: true });

export const codec: Codec = {
  crc32: (bytes) => crc32(bytes),
  compress: (text) => zstdCompressSync(Buffer.from(text, 'utf8'), options),
  decompress: (bytes, max) => strict.decode(zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, max) })),
  hasher: () => {
    const hash = createHash('sha256');
    return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
  },
};
