/** Short notices at the top of the window, in the window's own message layer. */
import { App } from 'antd';
import { useMemo } from 'react';
import { useText } from '../i18n.ts';
import { isStopped, sentenceOf } from './refusal.ts';

const SECONDS = 2.5;
const SECONDS_FAILED = 6;

interface Say {
  done: (sentence: string) => void;
  /** A refusal in its own sentence; stopping something oneself is not worth a word. */
  failed: (error: unknown) => void;
}
export function useSay(): Say {
  const { message } = App.useApp();
  const t = useText();
  return useMemo(
    () => ({
      done: (sentence) => void message.success(sentence, SECONDS),
      failed: (error) => {
        if (!isStopped(error)) void message.error(sentenceOf(error, t), SECONDS_FAILED);
      },
    }),
    [message, t],
  );
}
