/** A button that asks for a file: the picker of the system behind one of ours. */
import { Button } from 'antd';
import { useRef, type ReactNode } from 'react';

interface FileButtonProps {
  readonly label: string;
  /** Ends of names, as `accept` of an input takes them. */
  readonly accept: string;
  readonly type: 'primary' | 'default';
  readonly disabled: boolean;
  readonly loading?: boolean;
  readonly onFile: (file: File) => void;
}
export function FileButton({ label, accept, type, disabled, loading = false, onFile }: FileButtonProps): ReactNode {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button type={type} disabled={disabled} loading={loading} onClick={() => picker.current?.click()}>
        {label}
      </Button>
      <input
        ref={picker}
        className="unseen"
        type="file"
        tabIndex={-1}
        aria-label={label}
        accept={accept}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
