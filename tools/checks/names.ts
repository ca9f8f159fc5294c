import { isTypeScript, sourceFiles } from '../source-files.ts'
import type { Check } from './check.ts'

const emptyWords = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'misc',
  'shared',
  'base',
  'core',
  'manager',
  'service',
  'services',
  'handler',
  'handlers',
  'types',
]

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/

export const names: Check = {
  name: 'names',
  rule: 'files and folders are named in kebab-case after what they are, never utils, helpers, types, …',
  find(root) {
    const paths = sourceFiles(root).filter(isTypeScript)
    return paths.flatMap((path) => {
      const parts = path.split('/')
      return parts.flatMap((part, index) => faultsOfName(path, part, index === parts.length - 1))
    })
  },
}

function faultsOfName(path: string, part: string, isFile: boolean): string[] {
  const name = isFile ? part.replace(/(\.test)?\.tsx?$/, '') : part
  const faults: string[] = []
  if (emptyWords.includes(name)) faults.push(`${path}: '${name}' says nothing about what is in it`)
  if (isFile && !kebabCase.test(name)) faults.push(`${path}: '${name}' is not in kebab-case`)
  return faults
}
