-- now, most pages, seconds from an attempt until the page is due again, when it is due instead ('' for none), then for each count:
-- page, platform, value ('' for none), as_of, tried_at, reason -> how many pages were dropped
local now, most, soon = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local dropped = 0
for i = 5, #ARGV, 6 do
  local page, name, value, as_of, tried_at = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4]
  local key = p .. 'page:' .. page
  if not is_whole(page) then
    if not redis.call('ZSCORE', p .. 'pages', page) then dropped = dropped + make_room(most) end
    local first_at = ARGV[4] ~= '' and ARGV[4] or now
    add(page, now, first_at, first_at, 0)
  end
  add_platform(name)
  local had = redis.call('HMGET', key, name .. ':value', name .. ':as_of', name .. ':tried_at')
  if value ~= '' and (not had[1] or tonumber(as_of) > tonumber(had[2])) then
    redis.call('HSET', key, name .. ':value', value, name .. ':as_of', as_of)
    redis.call('ZADD', p .. 'value:' .. name, value, page)
    if tonumber(value) > 0 then raise(page, NUMBER) end
  end
  if not had[3] or tonumber(tried_at) > tonumber(had[3]) then
    redis.call('HSET', key, name .. ':tried_at', tried_at, name .. ':reason', ARGV[i + 5])
    local next_at = string.format('%.6f', math.max(tonumber(now), tonumber(tried_at) + soon))
    redis.call('ZADD', p .. 'due:' .. name, ARGV[4] ~= '' and ARGV[4] or next_at, page)
  end
end
return dropped
