/** One port: what lies behind it, and the result of its test. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { FacePort } from '../../../shared/features/cabling/calls.ts';
import { switchPorts } from '../../../shared/features/cabling.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { useSay } from '../../ui/say.ts';
import { NONE } from '../../ui/text.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { openQuickTicket } from '../tickets/quick-store.ts';
import { TestAge } from './age.tsx';
import { TracePath } from './trace-path.tsx';

const groups = [
  { fields: ['state', 'test_method', 'tested_on', 'tested_by', 'light', 'speed', 'vlan', 'advice'] },
  { fields: ['name', 'position', 'outlet_id', 'ticket_id', 'remark'] },
] as const;

interface PortSheetProps {
  readonly face: FacePort;
  /** The switch's name. */
  readonly device: string;
  readonly today: string;
  readonly technician: string;
  readonly onClose: () => void;
}
export function PortSheet({ face, device, today, technician, onClose }: PortSheetProps): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const { port } = face;
  const refs = {
    ...(face.outlet ? { [face.outlet.id]: face.outlet.title } : {}),
    ...(port.ticket_id !== null && face.ticket !== null ? { [port.ticket_id]: face.ticket } : {}),
  };
  const remove = (): void => {
    client.cabling.removePort({ id: port.id }).then(({ batch }) => {
      onClose();
      undoable.done(t('cabling.removed'), batch);
    }, say.failed);
  };
  const report = (): void => {
    onClose();
    openQuickTicket({
      who: { table: 'assets', id: port.asset_id, title: device, subtitle: '' },
      category: 'port_damaged',
      symptom: [device, port.name, optionLabel(t, 'switch_ports', 'state', port.state)].join(' '),
      onOpened: (ticket_id) => client.cabling.updatePort({ id: port.id, changes: { ticket_id } }),
    });
  };
  return (
    <RecordForm
      record={switchPorts}
      title={t('cabling.port_title', { name: port.name })}
      open
      groups={groups}
      refs={refs}
      row={port}
      update={(changes) => client.cabling.updatePort({ id: port.id, changes: withTest(changes, today, technician) })}
      onClose={onClose}
      onSaved={() => say.done(t('cabling.saved'))}
      lead={
        <div className="port-lead">
          <dl className="cab-facts">
            <dt>{t('cabling.behind')}</dt>
            <dd className="mono">{face.far ?? NONE}</dd>
            <dt>{t('field.switch_ports.outlet_id')}</dt>
            <dd>{[face.outlet?.title, face.room].filter(Boolean).join(' · ') || NONE}</dd>
            <dt>{t('cabling.people')}</dt>
            <dd>{face.people.map(({ name, ip }) => `${name} ${ip}`).join('、') || NONE}</dd>
            <dt>{t('cabling.last_test')}</dt>
            <dd>
              <TestAge days={face.age} by={port.tested_by} />
            </dd>
          </dl>
          <TracePath start="port" id={port.id} quiet />
          <div className="cab-row">
            <Button size="small" onClick={() => go(`trace/port/${port.id}`)}>
              {t('cabling.follow')}
            </Button>
            {port.state === 'damaged' || port.state === 'loose' ? (
              <Button size="small" onClick={report}>
                {t('tickets.quick')}
              </Button>
            ) : null}
            <Button size="small" danger onClick={remove}>
              {t('cabling.remove')}
            </Button>
          </div>
        </div>
      }
    />
  );
}

type Changes = Partial<FacePort['port']>;
/** Who says how a port is has looked at it: a new state without a day is of today. */
function withTest(changes: Changes, today: string, technician: string): Changes {
  const tested = changes.state !== undefined || changes.test_method !== undefined || changes.light !== undefined;
  if (!tested || changes.tested_on !== undefined) return changes;
  return { ...changes, tested_on: today, ...(changes.tested_by === undefined ? { tested_by: technician } : {}) };
}
