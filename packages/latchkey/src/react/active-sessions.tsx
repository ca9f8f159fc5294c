import { type ReactElement, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { SessionService } from '../client/session-service.ts'
import type { SessionsWatch } from '../client/sessions-watch.ts'
import type { EndReasonOnWire } from '../http-api/wire-types.ts'
import { adoptStyle } from './adopt-style.ts'
import { englishLabels } from './english-labels.ts'
import type { ReauthenticationOptions } from './reauthentication.ts'
import { SessionEndings } from './session-endings.tsx'
import type { SessionLabels } from './session-labels.ts'
import { SessionNotice } from './session-notice.tsx'
import { useAnnouncement } from './use-announcement.ts'
import { useDeviceNames } from './use-device-names.ts'
import { useSessions } from './use-sessions.ts'

/** What `<ActiveSessions>` can be given; only `service` must be. */
export interface ActiveSessionsProps extends ReauthenticationOptions {
  readonly service: SessionService | SessionsWatch
  /** Texts that replace the English ones. Keep the object the same from render to render. */
  readonly labels?: Partial<SessionLabels>
  /** For dates and times, as BCP 47 (`de`, `pt-BR`). Default: the browser's. */
  readonly locale?: string
  /** Default `auto`: as the `color-scheme` of the page around it. */
  readonly theme?: 'auto' | 'light' | 'dark'
  /** `adopted`: the component brings its style; `none`: the application has it. Default `adopted`. */
  readonly styles?: 'adopted' | 'none'
  /** The level of its heading on the page; sessions are one below. Default 2. */
  readonly headingLevel?: 2 | 3 | 4
  /** Told once when this session is over: the moment to go to the sign-in page. */
  readonly onSignedOut?: (reason: EndReasonOnWire | null) => void
}

const headingTags = { 2: ['h2', 'h3'], 3: ['h3', 'h4'], 4: ['h4', 'h5'] } as const

/**
 * The user's sessions as a list that keeps itself current and from which they can be ended.
 *
 * @example
 * <ActiveSessions service={sessionService} onSignedOut={() => location.assign('/sign-in')} />
 */
export function ActiveSessions(props: ActiveSessionsProps): ReactElement {
  const { service, theme = 'auto', styles = 'adopted', headingLevel = 2, onSignedOut } = props
  const labels = useMemo(() => ({ ...englishLabels, ...props.labels }), [props.labels])
  const live = useSessions(service)
  const deviceNames = useDeviceNames(service)
  const announcement = useAnnouncement(live.sessions, live.state, deviceNames, labels)
  const root = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const [Heading, itemHeadingTag] = headingTags[headingLevel]

  useAdoptedStyle(root, styles)
  useSignedOut(live.state === 'signed-out', live.endReason, onSignedOut)

  return (
    <section ref={root} className="latchkey-sessions" data-theme={theme} aria-label={labels.heading}>
      <div className="latchkey-header">
        <Heading ref={heading} tabIndex={-1} className="latchkey-heading">
          {labels.heading}
        </Heading>
        {live.totalCount > 0 && <p className="latchkey-count">{labels.count(live.totalCount)}</p>}
      </div>
      <SessionNotice live={live} labels={labels} heading={heading} />
      {live.sessions.length > 0 && (
        <SessionEndings
          live={live}
          deviceNames={deviceNames}
          labels={labels}
          locale={props.locale}
          headingTag={itemHeadingTag}
          heading={heading}
          onReauthenticate={props.onReauthenticate}
          onEnded={() => heading.current?.focus()}
        />
      )}
      <p role="status" className="latchkey-announcement">
        {announcement}
      </p>
    </section>
  )
}

/** On a server there is no layout, and React 18 warns of the effect. */
const useBrowserLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect

function useAdoptedStyle(root: RefObject<HTMLElement | null>, styles: 'adopted' | 'none'): void {
  useBrowserLayoutEffect(() => {
    if (styles === 'adopted' && root.current) adoptStyle(root.current.ownerDocument)
  }, [root, styles])
}

function useSignedOut(
  isSignedOut: boolean,
  reason: EndReasonOnWire | null,
  onSignedOut: ActiveSessionsProps['onSignedOut'],
): void {
  const tell = useRef(onSignedOut)
  useEffect(() => {
    tell.current = onSignedOut
  })
  useEffect(() => {
    if (isSignedOut) tell.current?.(reason)
  }, [isSignedOut, reason])
}
