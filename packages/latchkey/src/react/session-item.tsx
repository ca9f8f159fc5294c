import { type ReactElement, type ReactNode, type RefObject, useId } from 'react'
import type { DeviceInfoOnWire, UserSession } from '../http-api/wire-types.ts'
import type { SessionLabels } from './session-labels.ts'
import type { SessionName } from './session-names.ts'
import { SessionTime } from './session-time.tsx'
import { useFocusHeir } from './use-focus-heir.ts'

interface SessionItemProps {
  readonly session: UserSession
  readonly name: SessionName
  readonly labels: SessionLabels
  readonly locale: string | undefined
  readonly now: number
  readonly headingTag: 'h3' | 'h4' | 'h5'
  /** Of the list; takes the focus when this session goes away with it. */
  readonly heading: RefObject<HTMLElement | null>
  readonly onEnd: () => void
}

/** One session of the list. */
export function SessionItem(props: SessionItemProps): ReactElement {
  const { session, name, labels, headingTag: Heading, heading, onEnd } = props
  const id = useId()
  const [nameId, endId, detailsId] = [`${id}name`, `${id}end`, `${id}details`]
  return (
    <li
      ref={useFocusHeir<HTMLLIElement>(heading)}
      className="latchkey-session"
      data-current={session.is_current ? '' : undefined}
    >
      <div className="latchkey-session-text">
        <Heading id={nameId} className="latchkey-session-name">
          {name.device}{' '}
          {session.is_current && <span className="latchkey-this-device">{labels.thisDevice}</span>}
          {session.is_pending && <span className="latchkey-pending">{labels.pending}</span>}
        </Heading>
        <SessionFacts {...props} />
      </div>
      <button
        type="button"
        className="latchkey-button"
        id={endId}
        aria-labelledby={[endId, nameId, name.details !== null && detailsId].filter(Boolean).join(' ')}
        onClick={onEnd}
      >
        {labels.end}
      </button>
      {name.details !== null && (
        <span id={detailsId} hidden>
          {name.details}
        </span>
      )}
    </li>
  )
}

function SessionFacts({ session, labels, locale, now }: SessionItemProps): ReactElement {
  const time = (at: string) => <SessionTime at={at} now={now} locale={locale} justNow={labels.justNow} />
  return (
    <dl className="latchkey-facts">
      <Fact term={labels.device}>{deviceText(session.device_info, labels)}</Fact>
      <Fact term={labels.place}>{placeText(session) ?? labels.unknownPlace}</Fact>
      <Fact term={labels.lastActive}>
        {session.is_current ? labels.activeNow : time(session.last_accessed ?? session.created_at)}
      </Fact>
      <Fact term={labels.signedIn}>{time(session.created_at)}</Fact>
      <Fact term={labels.expires}>{time(session.expires_at)}</Fact>
      {session.idle_expires_at !== null && session.idle_expires_at < session.expires_at && (
        <Fact term={labels.expiresUnused}>{time(session.idle_expires_at)}</Fact>
      )}
    </dl>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }): ReactElement {
  return (
    <div className="latchkey-fact">
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The type with what versions are known: `Computer · Chrome 142 · Windows 11`. */
function deviceText(device: DeviceInfoOnWire, labels: SessionLabels): string {
  const browser = device.browser_version && `${device.browser} ${device.browser_version}`
  const os = device.os_version && `${device.os} ${device.os_version}`
  return [labels.deviceType(device.type), browser, os].filter(Boolean).join(' · ')
}

function placeText({ device_info, ip_address }: UserSession): string | null {
  return [device_info.location, ip_address].filter(Boolean).join(' · ') || null
}
