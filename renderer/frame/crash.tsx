/** A screen that fails leaves the frame standing: the fault is named, the other screens still work. */
import { Component, type ReactNode } from 'react';
import { NotLoaded } from '../late.ts';
import { Failed, Halted } from '../ui/blank.tsx';

export class Crash extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };
  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }
  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return error instanceof NotLoaded ? (
      <Halted />
    ) : (
      <Failed error={error} retry={() => this.setState({ error: null })} />
    );
  }
}
