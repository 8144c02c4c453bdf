/** Short notices above the bottom line, one at a time, in the window's own message layer (say.css places it). */
import { App } from 'antd';
import { useEffect, useMemo, useRef } from 'react';
import { useText } from '../i18n.ts';
import { useRoute } from '../route.ts';
import { isStopped, sentenceOf } from './refusal.ts';
import './say.css';

const SECONDS = 2.5;
const SECONDS_FAILED = 6;
/** One key for all of them: the next takes the place of the last, a success that of the error before it. */
const KEY = 'said';
/** What is said right before going to another screen still belongs to that step. Milliseconds. */
const SAME_STEP = 1000;
let saidAt = -Infinity;

interface Say {
  done: (sentence: string) => void;
  /** A refusal in its own sentence; stopping something oneself is not worth a word. */
  failed: (error: unknown) => void;
}
export function useSay(): Say {
  const { message } = App.useApp();
  const t = useText();
  return useMemo(() => {
    const say = (type: 'success' | 'error', content: string, duration: number): void => {
      saidAt = performance.now();
      void message.open({ key: KEY, type, content, duration });
    };
    return {
      done: (sentence) => say('success', sentence, SECONDS),
      failed: (error) => {
        if (!isStopped(error)) say('error', sentenceOf(error, t), SECONDS_FAILED);
      },
    };
  }, [message, t]);
}

/** Takes a notice of the last screen away when another is opened. What can be undone stays for its ten seconds. */
export function useQuietRoutes(): void {
  const { message } = App.useApp();
  const screen = useRoute(({ parts }) => parts.join('/'));
  const last = useRef(screen);
  useEffect(() => {
    if (last.current === screen) return;
    last.current = screen;
    if (performance.now() - saidAt > SAME_STEP) message.destroy(KEY);
  }, [message, screen]);
}
