/** A screen that fails leaves the frame standing: the fault is named, the other screens still work. */
import { Component, type ReactNode } from 'react';
import { Failed } from '../ui/blank.tsx';

export class Crash extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };
  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }
  override render(): ReactNode {
    return this.state.error === null ? (
      this.props.children
    ) : (
      <Failed error={this.state.error} retry={() => this.setState({ error: null })} />
    );
  }
}
