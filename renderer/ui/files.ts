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
