-- now, when a page that has changed is due at the latest, a week ago, then pairs of page and time of its last change ('' for unknown)
-- -> when the last page was seen of those that were seen before then, the pages that are not in the store
local now, agreed, unknown = ARGV[1], '-inf', {}
for _, name in ipairs(WORTH) do
  local seen = redis.call('ZREVRANGEBYSCORE', p .. name, ARGV[3], '-inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
  if seen and tonumber(seen) > (tonumber(agreed) or -math.huge) then agreed = seen end
end
for i = 4, #ARGV, 2 do
  local page, changed_at = ARGV[i], ARGV[i + 1]
  local first_at = redis.call('ZSCORE', p .. 'pages', page)
  if first_at then
    add(page, now, now, changed_at ~= '' and changed_at or now, LISTED)
    raise(page, LISTED)
    redis.call('ZADD', p .. WORTH[(worth_of(page) or 0) + 1], now, page)
    local key = p .. 'page:' .. page
    if tonumber(first_at) > tonumber(now) then
      redis.call('ZADD', p .. 'pages', now, page)
      for _, name in ipairs(platforms()) do
        local due_at = redis.call('HEXISTS', key, name .. ':tried_at') == 1 and ARGV[2] or now
        redis.call('ZADD', p .. 'due:' .. name, 'XX', 'LT', due_at, page)
      end
      redis.call('HSET', key, 'changed_at', now)
    end
    if changed_at ~= '' then
      if tonumber(changed_at) > tonumber(redis.call('HGET', key, 'changed_at') or '0') then
        for _, name in ipairs(platforms()) do redis.call('ZADD', p .. 'due:' .. name, 'XX', 'LT', ARGV[2], page) end
      end
      redis.call('HSET', key, 'changed_at', changed_at)
    end
  else
    unknown[#unknown + 1] = page
  end
end
return {agreed, unknown}
