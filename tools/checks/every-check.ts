import type { Check } from './check.ts'
import { clock } from './clock.ts'
import { codeSamples } from './code-samples.ts'
import { docComments } from './doc-comments.ts'
import { doors } from './doors.ts'
import { errorReference } from './error-reference.ts'
import { floors } from './floors.ts'
import { licences } from './licences.ts'
import { map } from './map.ts'
import { names } from './names.ts'
import { personalPaths } from './personal-paths.ts'
import { deadCode, style, typeCheck } from './ready-tools.ts'
import { requirements } from './requirements.ts'
import { sizes } from './sizes.ts'
import { testNames } from './test-names.ts'

/** Every rule that is held by a machine, quick ones first. */
export const checks: readonly Check[] = [
  names,
  sizes,
  clock,
  doors,
  docComments,
  testNames,
  map,
  errorReference,
  requirements,
  personalPaths,
  licences,
  floors,
  style,
  typeCheck,
  codeSamples,
  deadCode,
]
