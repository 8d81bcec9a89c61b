-- Every script begins with this. KEYS[1] is the prefix of all keys; scripts of Redis run alone, so each of them is one transaction.
--
--   <prefix>pages             sorted set: every page, by when it was registered
--   <prefix>plain, ...kept    sorted sets: each page in one of them, by when it was last seen; kept ones ever had a number or were enlisted
--   <prefix>page:<address>    hash: changed_at, and for each platform <name>:value, :as_of, :tried_at, :reason
--   <prefix>platforms         set: the platforms anybody asked
--   <prefix>due:<name>        sorted set: every page, by when it is due
--   <prefix>value:<name>      sorted set: the pages with a number, by that number
--   <prefix>standings         hash: name of a platform to JSON
--   <prefix>lease             hash: holder, ends_at, fence
--   <prefix>reports           hash: a finding as JSON to "times first last"
local p = KEYS[1]

local function platforms()
  return redis.call('SMEMBERS', p .. 'platforms')
end

-- A platform that is asked for the first time finds all pages due since they were registered, and so does one whose pages a server
-- with too little memory has thrown away.
local function enroll(name)
  redis.call('SADD', p .. 'platforms', name)
  if redis.call('EXISTS', p .. 'due:' .. name) == 0 then
    redis.call('ZUNIONSTORE', p .. 'due:' .. name, 1, p .. 'pages')
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

-- Drops as many pages as there are too many for so many more; how many those were.
local function make_room(most, more)
  local dropped = 0
  while redis.call('ZCARD', p .. 'pages') + more > most do
    local least = redis.call('ZPOPMIN', p .. 'plain')
    if #least == 0 then least = redis.call('ZPOPMIN', p .. 'kept') end
    forget(least[1])
    dropped = dropped + 1
  end
  return dropped
end

local function add(page, now, changed_at, worth)
  redis.call('ZADD', p .. 'pages', now, page)
  redis.call('ZADD', p .. worth, now, page)
  redis.call('HSET', p .. 'page:' .. page, 'changed_at', changed_at)
  for _, name in ipairs(platforms()) do
    redis.call('ZADD', p .. 'due:' .. name, now, page)
  end
end

local function keep(page)
  local seen = redis.call('ZSCORE', p .. 'plain', page)
  if seen then
    redis.call('ZREM', p .. 'plain', page)
    redis.call('ZADD', p .. 'kept', seen, page)
  end
end

local function is_lost(fence)
  return fence ~= '' and redis.call('HGET', p .. 'lease', 'fence') ~= fence
end
