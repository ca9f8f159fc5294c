import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AlertAnsweredResponse, AlertQuestionResponse } from 'latchkey/client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { answerByLink, fetchAlertQuestion } from '../api/alerts.ts'
import { ApiError } from '../api/api-error.ts'
import { Entrance } from '../layout/entrance.tsx'
import { exactMoment } from '../moment/exact-moment.ts'
import { answeredText, askedAbout } from '../own-alerts/answer-words.ts'
import { Button } from '../primitives/button.tsx'
import { Notice } from '../primitives/notice.tsx'
import { Skeleton } from '../primitives/skeleton.tsx'
import { takeAnswerToken } from './alert-answer-token.ts'

/** Where the link of a mail leads, without a session. That it was opened changes nothing: mail scanners open links, too. */
export function AlertAnswerPage(): ReactNode {
  const [token] = useState(takeAnswerToken)
  if (token === null) {
    return (
      <Entrance
        title="Open the link in the mail"
        lead="This page answers a question that was sent to you by mail."
      >
        <ToSignIn />
      </Entrance>
    )
  }
  return <Asked token={token} />
}

function Asked({ token }: { token: string }): ReactNode {
  const question = useQuery({
    queryKey: ['alert-question', token],
    queryFn: ({ signal }) => fetchAlertQuestion(token, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const count = question.data?.count ?? 1
  const answering = useMutation({
    mutationFn: (answer: 'me' | 'not-me') => answerByLink(token, { answer, count }),
    onError: (error) => {
      // It was noticed again meanwhile: what was asked is not what there is to answer.
      if (error instanceof ApiError && error.status === 409) void question.refetch()
    },
  })
  if (question.isPending) {
    return (
      <Entrance title="Was this you?">
        <Skeleton className="h-24 w-full" />
      </Entrance>
    )
  }
  if (!question.data) return <Refused error={question.error} retry={() => void question.refetch()} />
  if (answering.data) return <Answered answered={answering.data} />
  if (question.data.answer !== null) return <AnsweredBefore answer={question.data.answer} />
  return (
    <Question
      question={question.data}
      pending={answering.isPending ? answering.variables : null}
      failure={answering.error?.message ?? null}
      say={answering.mutate}
    />
  )
}

interface QuestionProps {
  question: AlertQuestionResponse
  pending: 'me' | 'not-me' | null
  failure: string | null
  say: (answer: 'me' | 'not-me') => void
}

function Question({ question, pending, failure, say }: QuestionProps): ReactNode {
  const about = askedAbout(question)
  return (
    <Entrance title="Was this you?">
      <div className="rounded-xl border border-line bg-surface px-4 py-3.5 shadow-raised">
        <p className="font-medium text-pretty wrap-anywhere">{question.title}</p>
        <p className="mt-0.5 text-pretty wrap-anywhere">{question.reason}</p>
        <p className="mt-1 text-[0.8125rem] text-muted">
          {about ? (
            <>
              {about}
              <br />
            </>
          ) : null}
          <time dateTime={question.at}>{exactMoment(question.at)}</time>
        </p>
      </div>
      {failure ? (
        <div className="mt-4">
          <Notice look="danger" role="alert">
            Nothing was changed. {failure}
          </Notice>
        </div>
      ) : null}
      <Answers pending={pending} say={say} />
      <p className="mt-4 text-[0.8125rem] text-pretty text-muted">
        {question.count > 1
          ? '“No” ends that session, and each that began between the first time and the last that this was noticed, at once, and cannot be taken back. Your other sessions go on.'
          : '“No” ends that session at once and cannot be taken back. Your other sessions go on.'}
      </p>
    </Entrance>
  )
}

function Answers({ pending, say }: Pick<QuestionProps, 'pending' | 'say'>): ReactNode {
  return (
    <div className="mt-5 space-y-2.5">
      <Button
        size="wide"
        busy={pending === 'me' ? 'Saving…' : null}
        disabled={pending === 'not-me'}
        onClick={() => say('me')}
      >
        Yes, this was me
      </Button>
      <Button
        size="wide"
        look="danger"
        busy={pending === 'not-me' ? 'Signing out…' : null}
        disabled={pending === 'me'}
        onClick={() => say('not-me')}
      >
        No, sign it out
      </Button>
    </div>
  )
}

function Answered({ answered }: { answered: AlertAnsweredResponse }): ReactNode {
  const isMe = answered.answer === 'me'
  return (
    <Entrance title={isMe ? 'All is well' : 'Signed out'}>
      <Outcome>{answeredText(answered)}</Outcome>
      {isMe ? null : (
        <p className="mt-3 text-pretty text-muted">
          Whoever that was may know your password. Sign in, change it, and look through your other sessions.
        </p>
      )}
      <ToSignIn />
    </Entrance>
  )
}

function AnsweredBefore({ answer }: { answer: 'me' | 'not-me' }): ReactNode {
  return (
    <Entrance title="Answered already">
      <Outcome>
        {answer === 'me'
          ? 'You said that this was you. If you have doubts, sign in and end the session there.'
          : 'You said that this was not you, and the session was ended.'}
      </Outcome>
      <ToSignIn />
    </Entrance>
  )
}

function Refused({ error, retry }: { error: Error | null; retry: () => void }): ReactNode {
  const status = error instanceof ApiError ? error.status : 0
  if (status === 410) {
    return (
      <Entrance title="This link is too old">
        <Outcome>
          Links in mails are good for a few days. Sign in: the question stands on your security page.
        </Outcome>
        <ToSignIn />
      </Entrance>
    )
  }
  if (status === 401 || status === 404) {
    return (
      <Entrance title="This link is not valid">
        <Outcome>
          It may have been cut off. Open it from the mail again, or sign in to see your sessions.
        </Outcome>
        <ToSignIn />
      </Entrance>
    )
  }
  return (
    <Entrance title="That did not work">
      <Outcome>The question could not be loaded. {error?.message}</Outcome>
      <div className="mt-5">
        <Button size="wide" onClick={retry}>
          Try again
        </Button>
      </div>
    </Entrance>
  )
}

/** What came of it. It takes the focus, so that it is read out in the place of what was there before. */
function Outcome({ children }: { children: ReactNode }): ReactNode {
  const text = useRef<HTMLParagraphElement>(null)
  useEffect(() => text.current?.focus(), [])
  return (
    <p ref={text} tabIndex={-1} className="text-pretty outline-none!">
      {children}
    </p>
  )
}

function ToSignIn(): ReactNode {
  return (
    <Link
      to="/settings/security"
      className="mt-5 inline-flex h-9 items-center rounded-lg bg-accent px-3.5 font-medium text-white hover:brightness-110"
    >
      Go to your security page
    </Link>
  )
}
