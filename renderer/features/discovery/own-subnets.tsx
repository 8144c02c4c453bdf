/** The subnets this computer is in: its own are chosen, those of tunnels and virtual cards only offered, with the reason. */
import { Checkbox } from 'antd';
import type { ReactNode } from 'react';
import type { client } from '../../rpc.ts';
import { useText } from '../../i18n.ts';

type Link = Awaited<ReturnType<typeof client.discovery.interfaces>>[number];
interface OwnProps {
  /** Null while they are asked for. */
  readonly links: readonly Link[] | null;
  readonly ticked: readonly string[];
  readonly disabled: boolean;
  readonly onChange: (ticked: readonly string[]) => void;
}
export function OwnSubnets({ links, ticked, disabled, onChange }: OwnProps): ReactNode {
  const t = useText();
  return (
    <fieldset className="sweep-own" disabled={disabled}>
      <legend>{t('discovery.own')}</legend>
      {links?.length === 0 ? <p className="sweep-none">{t('discovery.own_none')}</p> : null}
      {links?.map((link) => {
        const about = [link.subnet, link.doubt ? t(`discovery.card.${link.doubt}`) : link.name];
        const narrowed = link.scope === link.cidr ? undefined : t('discovery.narrowed', { cidr: link.cidr });
        return (
          <Checkbox
            key={`${link.name} ${link.address}`}
            checked={ticked.includes(link.scope)}
            title={[narrowed, link.doubt ? t(`discovery.doubt.${link.doubt}`) : null].filter(Boolean).join(' ')}
            onChange={({ target }) =>
              onChange(target.checked ? [...ticked, link.scope] : ticked.filter((scope) => scope !== link.scope))
            }
          >
            <span className="mono">{link.scope}</span>{' '}
            <span className="sweep-note">{about.filter(Boolean).join(' · ')}</span>
          </Checkbox>
        );
      })}
    </fieldset>
  );
}
