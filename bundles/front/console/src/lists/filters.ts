import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";

/** One thing that a list can be filtered by. */
export interface FilterProperty {
  /** Its name in the address and in the API's query. */
  key: string;
  label: string;
  /** Its heading in the list of values. */
  group: string;
  /** Known values; without them any may be typed. */
  values?: readonly { value: string; label?: string }[];
  /** Whether several values mean any of them. */
  any?: boolean;
}

/** The name of free text in the address and in the API's query. */
export const TEXT = "text";

type Token = PropertyFilterProps.Token;

const valuesOf = (token: Token): string[] =>
  (Array.isArray(token.value) ? token.value : [token.value]).map(String).filter((value) => value !== "");

/** What the address says, as tokens of the filter. */
export function tokensOf(search: URLSearchParams, properties: readonly FilterProperty[]): Token[] {
  const free = search.getAll(TEXT).map((value): Token => ({ operator: ":", value }));
  const named = properties.flatMap((property): Token[] => {
    const values = search.getAll(property.key);
    if (values.length === 0) {
      return [];
    }
    return property.any
      ? [{ propertyKey: property.key, operator: "=", value: values }]
      : values.map((value) => ({ propertyKey: property.key, operator: "=", value }));
  });
  return [...named, ...free];
}

/** The address of these tokens; what else stands in it stays. */
export function searchOf(
  tokens: readonly Token[],
  properties: readonly FilterProperty[],
  before: URLSearchParams,
): URLSearchParams {
  const search = new URLSearchParams(before);
  [TEXT, ...properties.map((property) => property.key)].forEach((key) => search.delete(key));
  for (const token of tokens) {
    const key = token.propertyKey ?? TEXT;
    const property = properties.find((one) => one.key === key);
    // of a property that takes one value only, the last one given holds
    if (property && !property.any && property.key !== "tag") {
      search.delete(key);
    }
    valuesOf(token).forEach((value) => search.append(key, value));
  }
  return search;
}

/** Whether the address filters at all. */
export const filtered = (search: URLSearchParams, properties: readonly FilterProperty[]): boolean =>
  [TEXT, ...properties.map((property) => property.key)].some((key) => search.has(key));

/** The tokens without all free texts but the last. */
export function lastText(tokens: readonly Token[]): Token[] {
  const last = tokens.findLast((token) => token.propertyKey === undefined);
  return tokens.filter((token) => token.propertyKey !== undefined || token === last);
}
