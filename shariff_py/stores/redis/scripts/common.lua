-- Every script begins with this. KEYS[1] is the prefix of all keys; Redis runs scripts alone, so each of them is one transaction.
--
--   <prefix>pages             sorted set: every page, by when it was first due
--   <prefix>plain, ...kept, ...listed, ...listed-kept
--                             sorted sets: each page in one of them, by when it was last seen; "kept" pages had a number above zero,
--                             "listed" pages are in a sitemap
--   <prefix>page:<address>    hash: changed_at, and for each platform <name>:value, :as_of, :tried_at, :reason
--   <prefix>platforms         set: the platforms counts were ever fetched from
--   <prefix>due:<name>        sorted set: every page, by when it is due
--   <prefix>value:<name>      sorted set: the pages with a number, by that number
--   <prefix>platform_states   hash: name of a platform to JSON
--   <prefix>lease             hash: holder, ends_at, fence
--   <prefix>epoch             a name that the store was given when it was first used; without it, or with another one, it was emptied
--   <prefix>checkpoint:<name> string: the last record of a machine's journal, signed
--   <prefix>reports           hash: a finding as JSON to "times first last"
--   <prefix>report_days       the last days on which reports came in
local p = KEYS[1]

local WORTH = {'plain', 'kept', 'listed', 'listed-kept'}
local NUMBER, LISTED = 1, 2

local function platforms()
  return redis.call('SMEMBERS', p .. 'platforms')
end

-- For a platform that is used for the first time, all pages are due since they were first due anywhere; also those that are missing from its
-- list because a server with too little memory has evicted it, or the set of platforms, before other pages were added.
local function add_platform(name)
  local due, pages, missing = p .. 'due:' .. name, p .. 'pages', p .. 'missing'
  redis.call('SADD', p .. 'platforms', name)
  if redis.call('ZCARD', due) < redis.call('ZCARD', pages) then
    redis.call('ZDIFFSTORE', missing, 2, pages, due)
    redis.call('ZUNIONSTORE', due, 2, due, missing)
    redis.call('DEL', missing)
  end
end

local function forget(page)
  redis.call('DEL', p .. 'page:' .. page)
  redis.call('ZREM', p .. 'pages', page)
  for _, name in ipairs(platforms()) do
    redis.call('ZREM', p .. 'due:' .. name, page)
    redis.call('ZREM', p .. 'value:' .. name, page)
  end
end

-- What a page is worth, and when it was last seen.
local function worth_of(page)
  for at, name in ipairs(WORTH) do
    local seen = redis.call('ZSCORE', p .. name, page)
    if seen then return at - 1, seen end
  end
end

-- The page to be dropped next; with "unseen" only one that is worth nothing or was not seen since. Where a server with too little memory has
-- evicted what pages are worth, the one that was tracked first.
local function least(unseen)
  for at, name in ipairs(WORTH) do
    local found = redis.call('ZRANGE', p .. name, 0, 0, 'WITHSCORES')
    if #found > 0 and (at == 1 or not unseen or tonumber(found[2]) < unseen) then
      redis.call('ZREM', p .. name, found[1])
      return found[1]
    end
  end
  for _, name in ipairs(WORTH) do
    if redis.call('EXISTS', p .. name) == 1 then return end
  end
  return redis.call('ZRANGE', p .. 'pages', 0, 0)[1]
end

-- Drops pages until there is room for one more, as far as there are pages that may be dropped; returns how many it dropped.
local function make_room(most, unseen)
  local dropped = 0
  while redis.call('ZCARD', p .. 'pages') >= most do
    local page = least(unseen)
    if not page then break end
    forget(page)
    dropped = dropped + 1
  end
  return dropped
end

-- Adds a page, or what a server with too little memory has evicted of it.
local function add(page, now, first_at, changed_at, worth)
  redis.call('ZADD', p .. 'pages', 'NX', first_at, page)
  if not worth_of(page) then redis.call('ZADD', p .. WORTH[worth + 1], now, page) end
  redis.call('HSETNX', p .. 'page:' .. page, 'changed_at', changed_at)
  for _, name in ipairs(platforms()) do
    redis.call('ZADD', p .. 'due:' .. name, 'NX', first_at, page)
  end
end

-- Whether nothing of a page was evicted.
local function is_whole(page)
  return redis.call('ZSCORE', p .. 'pages', page) and redis.call('EXISTS', p .. 'page:' .. page) == 1
end

-- The store's name; it is given the proposed one where it has none.
local function epoch(proposed)
  redis.call('SET', p .. 'epoch', proposed, 'NX')
  return redis.call('GET', p .. 'epoch')
end

-- Makes a page worth more by NUMBER or LISTED, if it is not yet.
local function raise(page, by)
  local worth, seen = worth_of(page)
  if worth and math.floor(worth / by) % 2 == 0 then
    redis.call('ZREM', p .. WORTH[worth + 1], page)
    redis.call('ZADD', p .. WORTH[worth + by + 1], seen, page)
  end
end

local function is_lost(fence)
  return fence ~= '' and redis.call('HGET', p .. 'lease', 'fence') ~= fence
end
