-- page, now, most pages, precision in seconds -> how many pages were dropped
local page, now = ARGV[1], ARGV[2]
for _, worth in ipairs({'kept', 'plain'}) do
  local seen = redis.call('ZSCORE', p .. worth, page)
  if seen then
    if math.abs(tonumber(now) - tonumber(seen)) >= tonumber(ARGV[4]) then
      redis.call('ZADD', p .. worth, now, page)
    end
    return 0
  end
end
local dropped = make_room(tonumber(ARGV[3]), 1)
add(page, now, now, 'plain')
return dropped
