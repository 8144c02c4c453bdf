/** What the hub answers instead of frames, as this laptop says it; by whatever way the answer came. */
import { refuse, type Refusal } from '../../../shared/refusal.ts';
import type { HubError } from '../../../shared/sync/frames.ts';
import type { StickFault } from '../../../shared/sync/stick.ts';

/** `seconds`: what the line itself said of when to come again. */
export function refusalFor({ code, id, params }: HubError, seconds: number | null = null): Refusal {
  switch (code) {
    case 'CODE_WRONG':
      return refuse('code_wrong');
    case 'NOT_TAKEN':
      return notTaken(String(params['why']), params);
    case 'FORBIDDEN':
      return refuse('operator_only');
    case 'LAST_ADMIN':
      return refuse('last_admin');
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

/** A colleague's file that the store did not take, said to the admin who brought it. */
function notTaken(why: string, params: Record<string, string | number>): Refusal {
  const { machine = '', holder = '' } = params;
  switch (why as StickFault) {
    case 'not':
      return refuse('bundle_not');
    case 'cut':
      return refuse('bundle_cut');
    case 'altered':
    case 'empty':
      return refuse('bundle_altered');
    case 'answer':
      return refuse('stick_answer');
    case 'other_store':
      return refuse('stick_other_store', { machine });
    case 'unsigned':
      return refuse('stick_unsigned', { machine });
    case 'code_wrong':
      return refuse('stick_code_wrong', { machine });
    case 'code_used':
      return refuse('stick_code_used', { machine });
    case 'code_expired':
      return refuse('stick_code_expired', { machine });
    case 'code_locked':
      return refuse('code_locked');
    case 'machine_in_use':
      return refuse('stick_machine_in_use', { machine, holder });
    default:
      return refuse('hub_failed', { id: `NOT_TAKEN ${why}` });
  }
}
