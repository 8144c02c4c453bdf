/** Files in and out of the window. Both hosts let a page download and print; the Electron shell adds its dialogs by itself. */

/** Hands the user a file. Strings are written as they are: give CSV its byte order mark yourself. */
export function saveFile(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the blob once it began.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Bytes as the line to the engine carries them. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  // fromCharCode takes its bytes as arguments: so many at once are safe in every engine
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
