/** What the hub answers instead of frames, as this laptop says it; by whatever way the answer came. */
import { refuse, type Refusal } from '../../../shared/refusal.ts';
import type { HubError } from '../../../shared/sync/frames.ts';

/** `seconds`: what the line itself said of when to come again. */
export function refusalFor({ code, id, params }: HubError, seconds: number | null = null): Refusal {
  switch (code) {
    case 'CODE_WRONG':
      return refuse('code_wrong');
    case 'FORBIDDEN':
      return refuse('operator_only');
    case 'CODE_USED':
      return refuse('code_used');
    case 'CODE_EXPIRED':
      return refuse('code_expired');
    case 'CODE_LOCKED':
      return refuse('code_locked');
    case 'OTHER_HUB':
      return refuse('other_hub');
    case 'MACHINE_IN_USE':
      return refuse('machine_in_use', params);
    case 'DEVICE_REFUSED':
      return refuse('device_refused');
    case 'DEVICE_REVOKED':
      return refuse('device_revoked', params);
    case 'SESSION_EXPIRED':
    case 'NONCE_EXPIRED':
    case 'NONCE_USED':
      return refuse('session_refused');
    case 'FORK':
    case 'GAP':
      return refuse('hub_forked');
    case 'CLIENT_FORK':
      return refuse('client_forked', params);
    case 'OTHER_VERSION':
    case 'HUB_OLDER':
      return refuse('hub_older', params);
    case 'LAPTOP_OLDER':
      return refuse('laptop_older');
    case 'TOO_MANY':
    case 'BUSY':
      return refuse('hub_busy', { seconds: seconds ?? params['seconds'] ?? 60 });
    case 'NO_DATABASE':
      return refuse('hub_no_database');
    case 'STORE_FULL':
      return refuse('hub_full');
    default:
      return refuse('hub_failed', { id: id ?? code });
  }
}
